import type { z } from 'zod';

/** What is known of the user whom a rule is asked about. */
export interface AccessUser {
  id: string;
  /** `YYYY-MM-DD` */
  birthDate: string | null;
  workStatus: string | null;
  registeredAtMs: number;
  isBlocked: boolean;
  isDenied: boolean;
}

export interface Facts {
  user: AccessUser;
  nowMs: number;
}

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
  /** @returns why the user may not buy, in words for the user; undefined when this filter lets them pass */
  evaluate(settings: Settings, facts: Facts): string | undefined;
}
