import type { EventSeenByRules } from '../../client/answers.js';
import type { RuleLink } from '../../domain/wire.js';
import { usageError } from '../errors.js';
import { parsePrice } from '../parsePrice.js';
import { parseTime } from '../parseTime.js';
import { readRule } from '../readRule.js';

/** What `rule check` was given of an event that is not made yet, as typed. */
interface DraftFlags {
  title?: string | undefined;
  commodity?: string | undefined;
  price?: string | undefined;
  'price-cents'?: number | undefined;
  stock?: number | undefined;
  starts?: string | undefined;
  ends?: string | undefined;
}

export type RuleFlags = DraftFlags & { rule?: string | undefined };

/** Which rule is asked, and of which event. */
export type RuleQuestion =
  | { eventId: string; /** Undefined: the rule of the event. */ rule: RuleLink[] | undefined }
  | {
      eventId: undefined;
      rule: RuleLink[];
      event: Omit<EventSeenByRules, 'commodityId'>;
      /** Id or name: only the service knows which there are. */
      commodity: string | undefined;
    };

const draftFlags = ['title', 'commodity', 'price', 'price-cents', 'stock', 'starts', 'ends'] as const;

/**
 * Checks what can be checked before anything is sent.
 *
 * @param eventId undefined: an event that is not made yet, of which the flags say what is decided
 * @throws a usage error also when neither an event nor `--rule` says which rule is meant
 */
export async function ruleQuestion(
  eventId: string | undefined,
  flags: RuleFlags,
  nowMs: number,
): Promise<RuleQuestion> {
  const rule = flags.rule === undefined ? undefined : await readRule(flags.rule);
  if (eventId !== undefined) {
    const [strange] = draftFlags.filter((name) => flags[name] !== undefined);
    if (strange === undefined) return { eventId, rule };
    throw usageError(
      `--${strange} is for an event that is not made yet, and event ${eventId} is.`,
      `Leave out --${strange}, or the ${eventId}.`,
    );
  }
  if (rule !== undefined) return { eventId, rule, event: readDraft(flags, nowMs), commodity: flags.commodity };
  throw usageError(
    'Which rule to ask is missing: name an event, or pass a rule.',
    'spikectl event list',
    'For an event that is not made yet: --rule FILE',
  );
}

function readDraft(flags: DraftFlags, nowMs: number): Omit<EventSeenByRules, 'commodityId'> {
  const { title, price, 'price-cents': cents, stock, starts, ends } = flags;
  const priceCents = price === undefined ? cents : parsePrice(price, '--price');
  const startsAtMs =
    starts === undefined ? undefined : parseTime(starts, { name: '--starts', nowMs, relativeToMs: nowMs });
  const endsAtMs =
    ends === undefined ? undefined : parseTime(ends, { name: '--ends', nowMs, relativeToMs: startsAtMs ?? nowMs });
  return {
    ...(title === undefined ? {} : { title }),
    ...(priceCents === undefined ? {} : { priceCents }),
    ...(stock === undefined ? {} : { quantity: stock }),
    ...(startsAtMs === undefined ? {} : { startsAt: iso(startsAtMs) }),
    ...(endsAtMs === undefined ? {} : { endsAt: iso(endsAtMs) }),
  };
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
