import { parse } from 'yaml';
import { nearest } from '../../../domain/nearest.js';
import { HelmError, type Helm } from '../createHelm.js';
import { ok, problem, type Verdict } from '../findings.js';
import type { Input } from '../openInput.js';
import { parseManifests, type Manifest } from '../manifests.js';

interface Checked {
  verdict: Verdict;
  /** Undefined when the values are not valid. */
  rendered: { text: string; manifests: Manifest[] } | undefined;
}

/** Renders the chart here, which also holds the values against its schema. */
export async function checkValues(helm: Helm, input: Input): Promise<Checked> {
  try {
    const text = await helm.template(input);
    const manifests = parseManifests(text);
    return { verdict: ok(`The values make ${manifests.length} objects.`), rendered: { text, manifests } };
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    const faults = error.faults.length > 0 ? error.faults : [error.message];
    const meant = await meantNames(helm, input.chart, faults);
    const verdict = problem(
      faults.map((fault) => input.scrub(fault)).join('\n'),
      meant ?? 'Correct the values; what there is: helm show values CHART, or README.md of the chart.',
      2,
    );
    return { verdict, rendered: undefined };
  }
}

/** For a name that the schema does not know: the nearest that the chart has at this place. */
async function meantNames(helm: Helm, chart: string, faults: readonly string[]): Promise<string | undefined> {
  const unknown = faults.flatMap((fault) => unknownName(fault) ?? []);
  if (unknown.length === 0) return undefined;
  const defaults = await helm.defaultValues(chart).then(
    (text) => parse(text) as unknown,
    () => undefined,
  );
  const meant = unknown.flatMap(({ place, name }) => {
    const found = nearest(name, namesAt(defaults, place));
    return found === undefined ? [] : [`Did you mean ${[...place, found].join('.')}?`];
  });
  return meant.length === 0 ? undefined : meant.join(' ');
}

/** `mysql: Additional property urll is not allowed` (Helm 3), `mysql: additional properties 'urll' not allowed` (Helm 4) */
export function unknownName(fault: string): { place: string[]; name: string } | undefined {
  const match = /^(\S+): additional propert(?:y (\S+) is|ies '([^']+)'.*) not allowed/i.exec(fault);
  if (match === null) return undefined;
  const [, place = '', name3, name4] = match;
  return { place: place === '(root)' ? [] : place.split('.'), name: name3 ?? name4 ?? '' };
}

function namesAt(values: unknown, place: readonly string[]): string[] {
  const at = place.reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], values);
  return typeof at === 'object' && at !== null ? Object.keys(at) : [];
}
