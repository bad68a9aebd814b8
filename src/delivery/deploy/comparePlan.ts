import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';
import { HIDDEN, title, type KubeDocument, type Manifest } from './manifests.js';
import type { Scrub } from './secrecy.js';

/** What becomes of one object. */
export interface PlannedObject {
  kind: string;
  name: string;
  namespace: string | null;
  /** At which events helm runs it; null for what stays. */
  hook: string[] | null;
  change: 'create' | 'change' | 'unchanged' | 'remove';
  /** Unified, without secrets; null where nothing changes. */
  diff: string | null;
}

const CONTEXT_LINES = 3;
const CHANGED = '(hidden, another than now)';

/**
 * Compares what runs with what would run, object by object, as helm does: what it changes is what differs between two
 * revisions. Values of Secrets are compared, and never shown.
 */
export function comparePlan(before: readonly Manifest[], after: readonly Manifest[], scrub: Scrub): PlannedObject[] {
  const old = new Map(before.map((manifest) => [keyOf(manifest), manifest]));
  const next = new Map(after.map((manifest) => [keyOf(manifest), manifest]));
  // A hook that is no longer rendered is left as it is: helm deletes only what belongs to the release.
  const removed = [...old].filter(([key, { hook }]) => hook === null && !next.has(key));
  const planned = [...next, ...removed].map(([key, known]) =>
    compare(known, { before: old.get(key), after: next.get(key) }, scrub),
  );
  const order: readonly PlannedObject['change'][] = ['create', 'change', 'remove', 'unchanged'];
  return planned.sort(
    (a, b) =>
      order.indexOf(a.change) - order.indexOf(b.change) || (title(a) < title(b) ? -1 : title(a) > title(b) ? 1 : 0),
  );
}

function compare(
  known: Manifest,
  { before, after }: { before: Manifest | undefined; after: Manifest | undefined },
  scrub: Scrub,
): PlannedObject {
  const { kind, name, namespace, hook } = after ?? known;
  const texts = hideSecrets(before?.document, after?.document).map((document) => scrub(yamlOf(document)));
  const [old = '', next = ''] = texts;
  const isSame = before !== undefined && after !== undefined && yamlOf(before.document) === yamlOf(after.document);
  const change = before === undefined ? 'create' : after === undefined ? 'remove' : isSame ? 'unchanged' : 'change';
  return { kind, name, namespace, hook, change, diff: isSame ? null : diffOf(`${kind}/${name}`, old, next) };
}

function diffOf(name: string, before: string, after: string): string {
  const labels = [before === '' ? '/dev/null' : `now/${name}`, after === '' ? '/dev/null' : `planned/${name}`] as const;
  const patch = createTwoFilesPatch(...labels, before, after, undefined, undefined, { context: CONTEXT_LINES });
  return patch.replace(/^=+\n/, '').trimEnd();
}

/** The values of a Secret give way to a word on both sides; where they differ, to another on the second. */
function hideSecrets(
  before: KubeDocument | undefined,
  after: KubeDocument | undefined,
): [KubeDocument | undefined, KubeDocument | undefined] {
  if ((after ?? before)?.kind !== 'Secret') return [before, after];
  const values = (document: KubeDocument | undefined) => ({
    ...dataOf(document, 'data'),
    ...dataOf(document, 'stringData'),
  });
  const old = values(before);
  const hidden = (document: KubeDocument | undefined, word: (key: string, value: unknown) => string) => {
    if (document === undefined) return undefined;
    const copy: KubeDocument = { ...document };
    for (const field of ['data', 'stringData'] as const) {
      if (copy[field] === undefined) continue;
      copy[field] = Object.fromEntries(
        Object.entries(dataOf(document, field)).map(([key, value]) => [key, word(key, value)]),
      );
    }
    return copy;
  };
  const isOther = (key: string, value: unknown) =>
    before !== undefined && Object.hasOwn(old, key) && old[key] !== value;
  return [hidden(before, () => HIDDEN), hidden(after, (key, value) => (isOther(key, value) ? CHANGED : HIDDEN))];
}

function dataOf(document: KubeDocument | undefined, field: 'data' | 'stringData'): Record<string, unknown> {
  return (document?.[field] ?? {}) as Record<string, unknown>;
}

function yamlOf(document: KubeDocument | undefined): string {
  return document === undefined ? '' : stringify(document, { lineWidth: 0, sortMapEntries: true });
}

function keyOf({ apiVersion, kind, name, namespace }: Manifest): string {
  // A kind that moves to a newer version of its group is still the same object.
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return [group, kind, namespace ?? '', name].join('/');
}
