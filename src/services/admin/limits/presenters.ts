import type { LimitView } from '../../../domain/limits.js';
import type { LimitsView } from '../../../domain/wire.js';

/** @param eventId null: the limits for all events */
export function presentLimits(eventId: string | null, limits: LimitView[]): { status: string } & LimitsView {
  return { status: 'success', scope: eventId === null ? 'global' : 'event', eventId, limits };
}
