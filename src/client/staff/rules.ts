import type { AllowedUserView, AllowListChangeView, FilterView, RuleCheckView } from '../../domain/wire/rules.js';
import type { Page } from '../answers.js';
import { dryRunQuery, part, type Calls } from './calls.js';

interface Success {
  status: 'success';
}

interface AllowListAnswer extends Success {
  users: AllowedUserView[];
  /** Users on the list. */
  total: number;
  /** Whether the rule of the event asks the list. */
  inRule: boolean;
  next: string | null;
}

/** At most a thousand of them in one call. */
export interface AllowListUsers {
  userIds: readonly string[];
  phones: readonly string[];
}

export function ruleCalls({ get, send }: Calls) {
  return {
    listFilters: () => get<Success & { filters: FilterView[] }>('/rules/filters'),
    /** @param rule a draft; without it the event's own rule is asked */
    checkRule: (eventId: string, userId: string, rule?: unknown) =>
      send<Success & RuleCheckView>('POST', `/spike/${part(eventId)}/rule/check`, {
        userId,
        ...(rule === undefined ? {} : { rule }),
      }),
    listAllowed: (eventId: string, page: Page = {}) =>
      get<AllowListAnswer>(`/spike/${part(eventId)}/allow`, { ...page }),
    /** @param options.dryRun only says what would change */
    allowUsers: (eventId: string, users: AllowListUsers, { dryRun = false } = {}) =>
      send<Success & AllowListChangeView>('POST', `/spike/${part(eventId)}/allow${dryRunQuery(dryRun)}`, users),
    disallowUsers: (eventId: string, users: AllowListUsers, { dryRun = false } = {}) =>
      send<Success & AllowListChangeView>('POST', `/spike/${part(eventId)}/allow/remove${dryRunQuery(dryRun)}`, users),
  };
}
