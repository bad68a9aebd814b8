import { setTimeout as sleep } from 'node:timers/promises';
import type { StaffClient } from '../../client/createStaffClient.js';
import type { FoundOrderState } from '../../domain/wire/orders.js';
import { clockMs } from '../worker/clock.js';
import { findOrders } from './findOrders.js';

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
  onProgress(pending: number | null): void;
}

export interface Converged {
  /** From the last answer until MySQL had all of them; null when it had not in time. */
  convergeMs: number | null;
  found: Map<string, FoundOrderState>;
}

/**
 * Waits until every accepted order is in MySQL. The event says how many are on their way, which costs one small request however
 * many there were; when it says none, the orders are asked for by their ids, which is the proof.
 */
export async function converge(options: ConvergeOptions): Promise<Converged> {
  const { staff, eventId, orderIds, lastAnswerAtMs, withinMs, onProgress } = options;
  const deadlineMs = clockMs() + withinMs;
  let askedAtMs = clockMs();
  for (;;) {
    const { pending } = (await staff.showEvent(eventId)).event;
    const lookedAtMs = clockMs();
    onProgress(pending);
    const isLate = lookedAtMs >= deadlineMs;
    const isDue = lookedAtMs - askedAtMs >= ASK_EVERY_MS;
    if (pending === 0 || isLate || (isDue && (await areStored(staff, orderIds.slice(-ASKED_MAX))))) {
      const found = await findOrders(staff, orderIds);
      const isStored = orderIds.every((id) => found.get(id)?.state !== 'pending');
      if (isStored) return { convergeMs: Math.max(0, Math.round(lookedAtMs - lastAnswerAtMs)), found };
      if (isLate) return { convergeMs: null, found };
    }
    if (isDue) askedAtMs = clockMs();
    await sleep(POLL_MS);
  }
}

async function areStored(staff: Pick<StaffClient, 'findOrders'>, ids: readonly string[]): Promise<boolean> {
  const found = await findOrders(staff, ids);
  return ids.every((id) => found.get(id)?.state !== 'pending');
}
