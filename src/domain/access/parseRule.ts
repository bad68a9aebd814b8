import { z } from 'zod';
import { didYouMean } from '../didYouMean.js';
import { toInputIssues, type InputIssue } from '../inputIssues.js';
import type { RuleLink } from '../wire.js';
import type { Filter, Need } from './filter.js';
import { filters } from './filters.js';

/** A rule nobody can survey is a mistake; and each link is evaluated for every user. */
const LINKS_MAX = 20;

/** A parsed rule: ready to be evaluated, link by link. */
export type Rule = readonly { filter: Filter; settings: unknown }[];

export type RuleVerdict =
  | { ok: true; rule: Rule; /** How it is stored: each link's settings as an object. */ links: RuleLink[] }
  /** Places as in `[0].rule.age.min`. */
  | { ok: false; issues: InputIssue[] };

const chainSchema = z.array(z.strictObject({ name: z.string(), rule: z.unknown().optional() })).max(LINKS_MAX);

/**
 * Reads a rule: a chain of links `{name, rule}`, where `rule` is the filter's settings as an object or as JSON text, and may
 * be missing or empty for a filter without settings. For a filter with a main setting it may also be that setting's text
 * alone. Never throws; all faults are named at once.
 */
export function parseRule(input: unknown): RuleVerdict {
  const chain = chainSchema.safeParse(input);
  if (!chain.success) return { ok: false, issues: toInputIssues(chain.error) };
  const parsed = chain.data.map((link, index) => parseLink(link, `[${index}]`));
  const issues = parsed.flatMap((link) => ('issues' in link ? link.issues : []));
  if (issues.length > 0) return { ok: false, issues };
  const rule = parsed.flatMap((link) => ('filter' in link ? [link] : []));
  return { ok: true, rule, links: rule.map(({ filter, settings }) => ({ name: filter.name, rule: settings })) };
}

/** What the rule looks at that only some rules do. */
export function needsOf(rule: Rule): ReadonlySet<Need> {
  return new Set(rule.flatMap(({ filter, settings }) => filter.needs?.(settings) ?? []));
}

function parseLink(
  link: { name: string; rule?: unknown },
  place: string,
): { filter: Filter; settings: unknown } | { issues: InputIssue[] } {
  const filter = filters.get(link.name);
  if (filter === undefined) return { issues: [{ path: `${place}.name`, message: unknownFilter(link.name) }] };
  const path = `${place}.rule`;
  let settings: unknown;
  try {
    settings = readSettings(link.rule, filter);
  } catch {
    return { issues: [{ path, message: 'is not valid JSON' }] };
  }
  const parsed = filter.schema.safeParse(settings);
  return parsed.success ? { filter, settings: parsed.data } : { issues: toInputIssues(parsed.error, path) };
}

function unknownFilter(name: string): string {
  const known = [...filters.keys()];
  return `there is no filter of this name${didYouMean(name, known)}; there are: ${known.join(', ')}`;
}

function readSettings(rule: unknown, { mainSetting }: Filter): unknown {
  if (rule === undefined || rule === '') return {};
  if (typeof rule !== 'string') return rule;
  // Only settings that are an object can be meant as JSON, and no time and no useful condition opens with a brace.
  return mainSetting === undefined || rule.trimStart().startsWith('{') ? JSON.parse(rule) : { [mainSetting]: rule };
}
