import type { EventSeenByRules, Page } from '../../../src/client/answers.js';
import type {
  AllowedUserView,
  AllowListChangeView,
  FilterView,
  RuleCheckView,
  RuleDraftCheckView,
} from '../../../src/domain/wire/rules.js';
import { part, type Caller } from './createCaller.js';

interface AllowListAnswer {
  users: AllowedUserView[];
  /** Users on the list. */
  total: number;
  /** Whether the rule of the event asks the list. */
  inRule: boolean;
  next: string | null;
}

/** At most a thousand of them in one call. */
export interface AllowListUsers {
  userIds: string[];
  phones: string[];
}

/** Who may buy. */
export function ruleCalls({ get, send }: Caller) {
  const allowPath = (eventId: string, dryRun: boolean, how = '') =>
    `/spike/${part(eventId)}/allow${how}${dryRun ? '?dryRun=true' : ''}`;
  return {
    listFilters: () => get<{ filters: FilterView[] }>('/rules/filters'),
    /** @param rule a draft; without it the event's own rule is asked */
    checkRule: (eventId: string, userId: string, rule?: unknown) =>
      send<RuleCheckView>('POST', `/spike/${part(eventId)}/rule/check`, {
        userId,
        ...(rule === undefined ? {} : { rule }),
      }),
    /** @param event the event that is to be made, as far as it is decided */
    checkRuleDraft: (userId: string, rule: unknown, event: EventSeenByRules) =>
      send<RuleDraftCheckView>('POST', '/rules/check', { userId, rule, event }),
    listAllowed: (eventId: string, page: Page = {}) =>
      get<AllowListAnswer>(`/spike/${part(eventId)}/allow`, { ...page }),
    allowUsers: (eventId: string, users: AllowListUsers, { dryRun = false } = {}) =>
      send<AllowListChangeView>('POST', allowPath(eventId, dryRun), users),
    disallowUsers: (eventId: string, users: AllowListUsers, { dryRun = false } = {}) =>
      send<AllowListChangeView>('POST', allowPath(eventId, dryRun, '/remove'), users),
  };
}
