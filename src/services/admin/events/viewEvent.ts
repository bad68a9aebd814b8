import { eventLimitNames, type LimitName } from '../../../domain/limits.js';
import type { EventLimits } from '../../../domain/saleEvent.js';
import type { StaffEventView } from '../../../domain/wire.js';
import { presentStaffEvent } from '../../../http/presentEvent.js';
import type { StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';
import { readEvent } from '../../../stores/redis/events.js';
import type { LiveLimits } from '../../../stores/redis/limits.js';
import { readAnswers } from '../../../stores/redis/outcomes.js';
import type { AdminStores } from '../adminStores.js';

export type ViewEvent = (event: StoredSaleEvent) => Promise<StaffEventView>;

/** Adds to an event what only Redis knows of it; those fields are null while it does not answer. */
export function createViewEvent({ redis, log }: AdminStores, limits: LiveLimits<LimitName>): ViewEvent {
  return async (event) => {
    const current = limits.current();
    const defaults = Object.fromEntries(eventLimitNames.map((name) => [name, current[name]])) as unknown as EventLimits;
    try {
      const [reading, answers] = await Promise.all([readEvent(redis, event.id, true), readAnswers(redis, event.id)]);
      return presentStaffEvent(event, reading, answers, defaults);
    } catch (error) {
      log.debug({ err: error, eventId: event.id }, 'the stock could not be read');
      return presentStaffEvent(event, undefined, undefined, defaults);
    }
  };
}
