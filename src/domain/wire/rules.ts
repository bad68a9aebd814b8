import type { RuleLink } from '../wire.js';

/** One filter that a rule can name, for whoever writes rules. */
export interface FilterView {
  name: string;
  description: string;
  /** JSON Schema of what stands under `rule` in a link. */
  schema: Record<string, unknown>;
  example: RuleLink;
}

/** What one step of a decision says by itself; `reason` is null when it lets the user pass. */
export interface VerdictView {
  passed: boolean;
  reason: string | null;
}

/** What a rule says of a user. */
export interface RuleVerdictView {
  userId: string;
  eligible: boolean;
  /** What decided: the first that refused, `account` or a filter; null when eligible. */
  filter: string | null;
  reason: string | null;
  account: VerdictView;
  /** Every link, in the order of the rule. */
  links: (VerdictView & { name: string; settings: unknown })[];
}

/** Why a user may or may not buy in an event. */
export interface RuleCheckView extends RuleVerdictView {
  eventId: string;
}

/** Why a user could or could not buy in an event that is not made yet. */
export interface RuleDraftCheckView extends RuleVerdictView {
  eventId: null;
}

/** One user on the allow list of an event. */
export interface AllowedUserView {
  userId: string;
  phone: string;
  name: string | null;
  /** Who of the staff put them there. */
  allowedBy: string;
  allowedAt: string;
}

/** What became of the allow list of an event. */
export interface AllowListChangeView {
  eventId: string;
  /** Users who came onto the list, or left it. */
  changed: number;
  /** Users who were as wanted already. */
  unchanged: number;
  /** Who does not exist, as they were asked for; the others were changed nevertheless. */
  unknown: { userIds: string[]; phones: string[] };
  /** Users on the list now. */
  total: number;
  /** Whether the rule of the event asks the list: while it does not, the list changes nothing. */
  inRule: boolean;
}
