import type { OrderFilter, OrdersAnswer, Page, QueuesAnswer, StaffOrderAnswer } from '../../../src/client/answers.js';
import type { LimitName } from '../../../src/domain/limits.js';
import type { DeadLettersChange, DeadLetterView, LimitsView } from '../../../src/domain/wire.js';
import { part, type Caller } from './createCaller.js';

/** A request deals with some hundred letters, each with a confirm of the broker. */
const LETTERS_TIMEOUT_MS = 60_000;

/** Limits to set; null takes one back. */
export type LimitChanges = Partial<Record<LimitName, number | null>>;

interface DeadLettersAnswer {
  letters: DeadLetterView[];
  /** Letters in the queue, shown or not. */
  total: number;
}

/** What happens while an event sells: limits, orders, queues. */
export function saleCalls({ get, send }: Caller) {
  const limitsPath = (eventId: string | undefined) =>
    eventId === undefined ? '/limits' : `/spike/${part(eventId)}/limits`;
  return {
    /** @param eventId undefined: the limits for all events */
    showLimits: (eventId?: string) => get<LimitsView>(limitsPath(eventId)),
    changeLimits: (eventId: string | undefined, changes: LimitChanges) =>
      send<LimitsView>('PUT', limitsPath(eventId), changes),

    listOrders: (filter: OrderFilter & Page = {}) => get<OrdersAnswer>('/orders', { ...filter }),
    showOrder: (id: string) => get<StaffOrderAnswer>(`/orders/${part(id)}`),
    endOrder: (id: string, how: 'cancel' | 'refund', reason?: string) =>
      send<StaffOrderAnswer>('POST', `/orders/${part(id)}/${how}`, { reason }),

    listQueues: () => get<QueuesAnswer>('/queues'),
    peekDeadLetters: (query: { eventId?: string; limit?: number } = {}) =>
      get<DeadLettersAnswer>('/queues/dead', query, LETTERS_TIMEOUT_MS),
    replayDeadLetters: (chosen: { eventId?: string } = {}) =>
      send<DeadLettersChange>('POST', '/queues/dead/replay', chosen, LETTERS_TIMEOUT_MS),
    purgeDeadLetters: (chosen: { eventId?: string } = {}) =>
      send<DeadLettersChange>('POST', '/queues/dead/purge', chosen, LETTERS_TIMEOUT_MS),
  };
}
