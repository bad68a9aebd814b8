import { setTimeout as sleep } from 'node:timers/promises';
import type { StaffClient } from '../../client/createStaffClient.js';
import type { FoundOrderState } from '../../domain/wire/orders.js';
import { clockMs } from '../worker/clock.js';
import { findOrders } from './findOrders.js';
import { isOutage } from './isOutage.js';

const POLL_MS = 20;
/** Others may buy in the same event, so that it never rests: then the orders themselves are asked for, this often. */
const ASK_EVERY_MS = 1_000;
const ASKED_MAX = 1_000;

export interface ConvergeOptions {
  staff: Pick<StaffClient, 'showEvent' | 'findOrders'>;
  eventId: string;
  /** The orders of this run, the last one last. */
  orderIds: readonly string[];
  lastAnswerAtMs: number;
  withinMs: number;
}

export interface Converged {
  /** From the last answer until MySQL had all of them; null when it had not in time. */
  convergeMs: number | null;
  found: Map<string, FoundOrderState>;
}

/**
 * Waits until every accepted order is in MySQL. The event says how many are on their way, which costs one small request however
 * many there were; when it says none, the orders are asked for by their ids, which is the proof.
 *
 * @throws ServiceUnreachable or ServiceRefusal when nobody answers until the time is over: then nothing can be said
 */
export async function converge(options: ConvergeOptions): Promise<Converged> {
  const { withinMs } = options;
  const deadlineMs = clockMs() + withinMs;
  const state = { askedAtMs: clockMs() };
  for (;;) {
    const isLate = clockMs() >= deadlineMs;
    try {
      const converged = await look(options, state, isLate);
      if (converged !== undefined) return converged;
    } catch (error) {
      if (isLate || !isOutage(error)) throw error;
    }
    await sleep(POLL_MS);
  }
}

/** Undefined as long as orders may still be on their way. */
async function look(
  { staff, eventId, orderIds, lastAnswerAtMs }: ConvergeOptions,
  state: { askedAtMs: number },
  isLate: boolean,
): Promise<Converged | undefined> {
  const { pending } = (await staff.showEvent(eventId)).event;
  const lookedAtMs = clockMs();
  const isDue = lookedAtMs - state.askedAtMs >= ASK_EVERY_MS;
  if (isDue) state.askedAtMs = lookedAtMs;
  const isAtRest = pending === 0 || (isDue && (await areStored(staff, orderIds.slice(-ASKED_MAX))));
  if (!isAtRest && !isLate) return undefined;
  const found = await findOrders(staff, orderIds);
  if (orderIds.every((id) => found.get(id)?.state !== 'pending'))
    return { convergeMs: Math.max(0, Math.round(lookedAtMs - lastAnswerAtMs)), found };
  return isLate ? { convergeMs: null, found } : undefined;
}

async function areStored(staff: Pick<StaffClient, 'findOrders'>, ids: readonly string[]): Promise<boolean> {
  const found = await findOrders(staff, ids);
  return ids.every((id) => found.get(id)?.state !== 'pending');
}
