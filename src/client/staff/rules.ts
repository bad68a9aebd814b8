import type {
  AllowListAnswer,
  AllowListChangeAnswer,
  EventSeenByRules,
  FiltersAnswer,
  Page,
  RuleCheckAnswer,
  RuleDraftCheckAnswer,
} from '../answers.js';
import { dryRunQuery, part, type Calls } from './calls.js';

/** At most a thousand of them in one call. */
export interface AllowListUsers {
  userIds: readonly string[];
  phones: readonly string[];
}

export function ruleCalls({ get, send }: Calls) {
  return {
    listFilters: () => get<FiltersAnswer>('/rules/filters'),
    /** @param rule a draft; without it the event's own rule is asked */
    checkRule: (eventId: string, userId: string, rule?: unknown) =>
      send<RuleCheckAnswer>('POST', `/spike/${part(eventId)}/rule/check`, {
        userId,
        ...(rule === undefined ? {} : { rule }),
      }),
    /** @param event the event that is to be made, as far as it is decided */
    checkRuleDraft: (userId: string, rule: unknown, event: EventSeenByRules = {}) =>
      send<RuleDraftCheckAnswer>('POST', '/rules/check', { userId, rule, event }),
    listAllowed: (eventId: string, page: Page = {}) =>
      get<AllowListAnswer>(`/spike/${part(eventId)}/allow`, { ...page }),
    /** @param options.dryRun only says what would change */
    allowUsers: (eventId: string, users: AllowListUsers, { dryRun = false } = {}) =>
      send<AllowListChangeAnswer>('POST', `/spike/${part(eventId)}/allow${dryRunQuery(dryRun)}`, users),
    disallowUsers: (eventId: string, users: AllowListUsers, { dryRun = false } = {}) =>
      send<AllowListChangeAnswer>('POST', `/spike/${part(eventId)}/allow/remove${dryRunQuery(dryRun)}`, users),
  };
}
