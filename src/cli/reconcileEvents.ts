import { setTimeout as sleep } from 'node:timers/promises';
import type { StaffClient } from '../client/createStaffClient.js';
import { ServiceUnreachable } from '../client/errors.js';
import type { EventAudit, ReconcilePlan } from '../domain/wire.js';
import { CliError, exitCodes } from './errors.js';
import { knownEvent } from './knownEvent.js';
import { listAll } from './listAll.js';

const POLL_MS = 250;

/** One event after `reconcile`: what was found, and how it stands now. */
export interface Reconciled extends ReconcilePlan {
  /** Whether its stock was built anew. */
  rebuilt: boolean;
  /** Its audit after the rebuild; null when it was not rebuilt. */
  audit: EventAudit | null;
}

/** The ids of all events, or the one that was asked for. */
export async function chooseEvents(staff: StaffClient, eventId: string | undefined): Promise<string[]> {
  if (eventId !== undefined) return [eventId];
  const { rows } = await listAll(async (page) => {
    const { events, next } = await staff.listEvents(page);
    return { rows: events, next };
  }, Number.POSITIVE_INFINITY);
  return rows.map(({ id }) => id).reverse();
}

/** What a reconcile would change of these events, one after the other. */
export async function planEvents(
  staff: StaffClient,
  eventIds: readonly string[],
  say: (text: string) => void,
): Promise<ReconcilePlan[]> {
  const plans: ReconcilePlan[] = [];
  for (const id of eventIds) {
    say(`Looking at event ${id} …`);
    plans.push((await knownEvent(id, staff.planReconcile(id))).event);
  }
  return plans;
}

/**
 * Has the stock of an event built anew and waits for it. Who stops waiting stops nothing: the order service goes on.
 *
 * @throws CliError with exit code 6 when it takes too long
 */
export async function reconcileEvent(
  staff: StaffClient,
  plan: ReconcilePlan,
  { timeoutSeconds, signal }: { timeoutSeconds: number; signal: AbortSignal },
): Promise<Reconciled> {
  const { event: begun } = await knownEvent(plan.id, staff.reconcile(plan.id));
  const deadlineMs = performance.now() + timeoutSeconds * 1_000;
  while (!(await isRebuilt(staff, begun))) {
    if (performance.now() > deadlineMs) {
      throw new CliError(
        'TIMED_OUT',
        `Event ${plan.id} has not been rebuilt within ${timeoutSeconds} s. It sells nothing until it is.`,
        {
          exit: exitCodes.timedOut,
          suggestions: [
            'spikectl queue list',
            'The order service goes on by itself as soon as the queue can be drained.',
          ],
        },
      );
    }
    await sleep(POLL_MS, undefined, { signal });
  }
  const { events } = await knownEvent(plan.id, staff.audit(plan.id));
  return { ...begun, rebuilt: true, audit: events[0] ?? null };
}

async function isRebuilt(staff: StaffClient, { id, fence }: ReconcilePlan): Promise<boolean> {
  try {
    const { event } = await knownEvent(id, staff.showEvent(id));
    return Number(event.fence) > Number(fence) && event.available !== null;
  } catch (error) {
    // The service may be restarted meanwhile; the deadline is what ends the wait.
    if (error instanceof ServiceUnreachable) return false;
    throw error;
  }
}
