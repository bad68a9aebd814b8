import type { LimitName } from '../../domain/limits.js';
import type { LimitsAnswer } from '../answers.js';
import { part, type Calls } from './calls.js';

/** Limits to set; null takes one back. */
export type LimitChanges = Partial<Record<LimitName, number | null>>;

export function limitCalls({ get, send }: Calls) {
  const path = (eventId: string | undefined) => (eventId === undefined ? '/limits' : `/spike/${part(eventId)}/limits`);
  return {
    /** @param eventId undefined: the limits for all events */
    showLimits: (eventId?: string) => get<LimitsAnswer>(path(eventId)),
    changeLimits: (eventId: string | undefined, changes: LimitChanges) =>
      send<LimitsAnswer>('PUT', path(eventId), changes),
  };
}
