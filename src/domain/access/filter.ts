import type { z } from 'zod';
import type { SaleEvent } from '../saleEvent.js';

/** What is known of a user, wherever they want to buy. */
export interface AccessUser {
  id: string;
  /** `YYYY-MM-DD` */
  birthDate: string | null;
  workStatus: string | null;
  registeredAtMs: number;
  isBlocked: boolean;
  isDenied: boolean;
}

/** What is known of the event that somebody wants to buy in. */
export type AccessEvent = Pick<
  SaleEvent,
  'id' | 'title' | 'commodityId' | 'priceCents' | 'quantity' | 'startsAtMs' | 'endsAtMs'
>;

/** All that a rule is decided by. */
export interface Facts {
  /** `isAllowed`: stands on the allow list of this event. */
  user: AccessUser & { isAllowed: boolean };
  /** Of an event that is not made yet only what has been decided so far: never its id. */
  event: { [Name in keyof AccessEvent]?: AccessEvent[Name] | undefined };
  nowMs: number;
}

/** What only some rules look at: the allow list has to be read for it, and edits of the event change what it says. */
export type Need = 'allowList' | 'event';

/**
 * One kind of link in a rule. A filter that needs to know something about the user that is not known refuses: otherwise
 * leaving a field empty would be the way around it.
 */
export interface Filter<Settings = unknown> {
  name: string;
  /** For staff who write rules. */
  description: string;
  /** What stands under `rule` in the link. */
  schema: z.ZodType<Settings>;
  example: Settings;
  /** The setting that a text stands for which is no JSON object: `"rule": "user.age >= 18"`. */
  mainSetting?: string;
  /** Nothing where this is missing. */
  needs?(settings: Settings): readonly Need[];
  /** @returns why the user may not buy, in words for the user; undefined when this filter lets them pass */
  evaluate(settings: Settings, facts: Facts): string | undefined;
}
