import type { OrderView, PurchaseAnswer } from '../../../src/domain/wire.js';
import { LoggedOut, Refused, Unanswered } from '../api/failures.js';
import { isDeadTicket, isFinal, mayHaveBought, outcomeOf, waitFor } from './judgeFailure.js';
import type { Outcome, Wait } from './outcome.js';
import { retryDelay } from './retryDelay.js';

export interface BuyOptions {
  api: {
    fetchTicket(eventId: string): Promise<string>;
    purchase(eventId: string, ticket: string): Promise<PurchaseAnswer>;
    listEventOrders(eventId: string): Promise<OrderView[]>;
  };
  eventId: string;
  /** Orders that the shopper had before: what is not among them was bought by this purchase. */
  knownOrderIds: ReadonlySet<string>;
  /** Of a purchase that nobody knows the end of. */
  ticket?: string | undefined;
  /** False while resuming what was begun long ago: then nothing new is begun that the shopper has not asked for just now. */
  mayFetchTicket: boolean;
  /** Told before a ticket is spent for the first time, so that it survives a reload. */
  onTicket(ticket: string): void;
  onWait(wait: Wait): void;
  sleep(ms: number): Promise<void>;
  random(): number;
  nowMs(): number;
}

export interface Bought {
  outcome: Outcome;
  /** False: the ticket may have been spent without us knowing, and must be the one that is spent next. */
  isSettled: boolean;
}

/** After this the shopper is asked whether to go on. A restart of Redis, the longest of all pauses, takes less. */
export const PATIENCE_MS = 60_000;
/** The rule may change while somebody buys; not again and again. */
const TICKETS_MAX = 3;

/**
 * One purchase, from the ticket to an outcome that can be said in plain words.
 *
 * The same ticket is spent again after every attempt that was refused for a while or that nobody answered: the shop answers
 * a spent ticket with the order that it bought. As long as one attempt's end is unknown, nothing is called "not bought" before
 * the shopper's orders have been looked at.
 */
export async function buy(options: BuyOptions): Promise<Bought> {
  const { api, eventId, knownOrderIds, onWait } = options;
  const deadlineMs = options.nowMs() + PATIENCE_MS;
  let ticket = options.ticket;
  let isUnsure = ticket !== undefined;
  let tickets = 0;

  for (let attempt = 1; ; attempt += 1) {
    try {
      if (ticket === undefined) {
        if (!options.mayFetchTicket) return settled({ kind: 'lapsed' });
        ticket = await api.fetchTicket(eventId);
        tickets += 1;
        options.onTicket(ticket);
      }
      const { orderId } = await api.purchase(eventId, ticket);
      return settled({ kind: 'bought', orderId });
    } catch (error) {
      if (error instanceof LoggedOut) return { outcome: { kind: 'loggedOut' }, isSettled: !isUnsure };
      if (!(error instanceof Refused) && !(error instanceof Unanswered)) throw error;
      if (ticket !== undefined && mayHaveBought(error)) isUnsure = true;
      if (isDeadTicket(error)) {
        const found = isUnsure ? await findNewOrder() : undefined;
        if (found !== undefined) return found;
        if (options.mayFetchTicket && tickets >= TICKETS_MAX) return settled(outcomeOf(error));
        // A dead ticket can no longer be spent by an attempt that is still under way, so a new one buys nothing twice.
        [ticket, isUnsure] = [undefined, false];
        continue;
      }
      const retryAfterMs = error instanceof Refused ? error.retryAfterMs : undefined;
      const delayMs = retryDelay(attempt, retryAfterMs, options.random);
      const wait = waitFor(error, delayMs);
      if (wait === undefined || options.nowMs() + delayMs > deadlineMs) {
        return conclude(outcomeOf(error), ticket !== undefined);
      }
      onWait(wait);
      await options.sleep(delayMs);
    }
  }

  async function conclude(outcome: Outcome, isAboutTicket: boolean): Promise<Bought> {
    if (!isUnsure) return settled(outcome);
    if (outcome.kind === 'alreadyHave' && !knownOrderIds.has(outcome.orderId)) {
      return settled({ kind: 'bought', orderId: outcome.orderId });
    }
    const found = await findNewOrder();
    if (found !== undefined) return found;
    return { outcome, isSettled: isAboutTicket && isFinal(outcome) };
  }

  /** @returns what to say if an order is there, or if that cannot be known; undefined when there is none */
  async function findNewOrder(): Promise<Bought | undefined> {
    try {
      const orders = await api.listEventOrders(eventId);
      const order = orders.find(({ id, state }) => !knownOrderIds.has(id) && holdingStates.has(state));
      return order && settled({ kind: 'bought', orderId: order.id });
    } catch (error) {
      if (error instanceof Refused || error instanceof Unanswered || error instanceof LoggedOut) {
        return { outcome: { kind: 'unsure' }, isSettled: false };
      }
      throw error;
    }
  }
}

const holdingStates = new Set<OrderView['state']>(['pending', 'ordered', 'paid']);

function settled(outcome: Outcome): Bought {
  return { outcome, isSettled: true };
}
