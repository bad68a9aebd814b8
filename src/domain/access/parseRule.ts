import { z } from 'zod';
import { toInputIssues, type InputIssue } from '../inputIssues.js';
import type { RuleLink } from '../wire.js';
import type { Filter } from './filter.js';
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
 * be missing or empty for a filter without settings. Never throws; all faults are named at once.
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

function parseLink(
  link: { name: string; rule?: unknown },
  place: string,
): { filter: Filter; settings: unknown } | { issues: InputIssue[] } {
  const filter = filters.get(link.name);
  if (filter === undefined) {
    const known = [...filters.keys()].join(', ');
    return { issues: [{ path: `${place}.name`, message: `there is no filter of this name; there are: ${known}` }] };
  }
  const path = `${place}.rule`;
  let settings: unknown;
  try {
    settings = readSettings(link.rule);
  } catch {
    return { issues: [{ path, message: 'is not valid JSON' }] };
  }
  const parsed = filter.schema.safeParse(settings);
  return parsed.success ? { filter, settings: parsed.data } : { issues: toInputIssues(parsed.error, path) };
}

function readSettings(rule: unknown): unknown {
  if (rule === undefined || rule === '') return {};
  return typeof rule === 'string' ? JSON.parse(rule) : rule;
}
