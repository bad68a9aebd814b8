import { setTimeout as sleep } from 'node:timers/promises';
import { outcomeOf } from '../outcomes.js';
import { clockMs } from './clock.js';
import type { Tally } from './createTally.js';
import { patiently, type TicketBook } from './createTicketBook.js';
import type { Wire, WireAnswer } from './createWire.js';
import { forgeTicket } from './forgeTicket.js';
import type { PlayedBuyer, ToldOrder, Wrongs } from './messages.js';

/** Requests that an impatient buyer sends at once. */
export const CLICKS = 3;
/** An order is stored within milliseconds as a rule; who pays or cancels waits this long for it. */
const STORED_WITHIN_MS = 20_000;
const STORED_POLL_MS = 100;

export interface PlayerOptions {
  spike: Pick<Wire, 'send'>;
  shop: Pick<Wire, 'send'>;
  tickets: TicketBook;
  tally: Tally;
  eventId: string;
  purchaseLimit: number;
  /** Whose ticket a sharer spends. */
  ownerFor(buyer: PlayedBuyer): PlayedBuyer;
}

/** Plays buyers: sends their purchases, notes the answers, and keeps what they were told. */
export interface Player {
  /**
   * One request, or with an impatient buyer some at once.
   *
   * @param intendedAtMs from when its latency counts; undefined for the moment in which it is sent
   * @returns how long the buyer was asked to wait; 0 for no wait
   */
  buy(buyer: PlayedBuyer, intendedAtMs: number | undefined, clicks?: number): Promise<{ retryAfterMs: number }>;
  /** Sent and not answered yet. */
  inFlight(): number;
  orders: ToldOrder[];
  wrongs: Wrongs;
  firstSentAtMs: number | null;
  lastAnswerAtMs: number | null;
}

export function createPlayer(options: PlayerOptions): Player {
  const { spike, shop, tickets, tally, eventId, purchaseLimit } = options;
  let inFlight = 0;
  const boughtWith = new Map<string, string>();
  const player: Player = {
    orders: [],
    wrongs: { forgedAccepted: 0, sharedAccepted: 0, secondOrders: [] },
    firstSentAtMs: null,
    lastAnswerAtMs: null,
    inFlight: () => inFlight,
    async buy(buyer, intendedAtMs, clicks = 1) {
      const taken = await takeTicket(buyer);
      if (taken === undefined) return { retryAfterMs: 0 };
      const sent = Array.from({ length: clicks }, () => spend(buyer, taken, intendedAtMs));
      const answers = await Promise.all(sent);
      const waits = buyer.behaviour === 'retry' ? answers.map(waitOf) : [];
      return { retryAfterMs: Math.max(0, ...waits) };
    },
  };
  return player;

  /** Undefined for who can have none; the refusal counts as the answer to the request. */
  async function takeTicket(buyer: PlayedBuyer): Promise<string | undefined> {
    if (buyer.behaviour === 'forge') return forgeTicket();
    const askedAtMs = clockMs();
    const taken = await tickets.take(buyer.behaviour === 'share' ? options.ownerFor(buyer) : buyer);
    if ('ticket' in taken) return taken.ticket;
    noteAnswer(taken.refusal, askedAtMs);
    return undefined;
  }

  async function spend(buyer: PlayedBuyer, ticket: string, intendedAtMs: number | undefined): Promise<WireAnswer> {
    const sentAtMs = clockMs();
    player.firstSentAtMs ??= sentAtMs;
    inFlight += 1;
    const answer = await spike.send('POST', `/spike/${eventId}/${ticket}`, buyer.token);
    inFlight -= 1;
    noteAnswer(answer, intendedAtMs ?? sentAtMs);
    if (answer.code === '') await keepOrder(buyer, ticket, String(answer.body.orderId));
    else if (answer.code === 'TICKET_EXPIRED' || answer.code === 'TICKET_INVALID') tickets.drop(buyer);
    return answer;
  }

  function noteAnswer({ status, code }: WireAnswer, sinceMs: number): void {
    const answeredAtMs = clockMs();
    player.lastAnswerAtMs = answeredAtMs;
    tally.note({ outcome: outcomeOf(status, code), code, latencyMs: answeredAtMs - sinceMs, answeredAtMs });
  }

  async function keepOrder(buyer: PlayedBuyer, ticket: string, orderId: string): Promise<void> {
    const { behaviour, userId } = buyer;
    const order: ToldOrder = { orderId, userId, told: 'ordered' };
    player.orders.push(order);
    if (behaviour === 'forge') player.wrongs.forgedAccepted += 1;
    if (behaviour === 'share') player.wrongs.sharedAccepted += 1;
    const firstOrderId = boughtWith.get(ticket);
    if (firstOrderId !== undefined) player.wrongs.secondOrders.push({ orderId, firstOrderId });
    boughtWith.set(ticket, orderId);
    if (behaviour === 'pay' && (await tell('pay', buyer, orderId))) order.told = 'paid';
    if (behaviour === 'cancel' && (await tell('cancel', buyer, orderId))) order.told = 'cancelled';
    // A ticket buys once; who may have more, or has given back what it had, needs another one.
    if (behaviour === 'cancel' || purchaseLimit > 1) tickets.drop(buyer);
  }

  /** Not measured: what is measured is the purchase. */
  async function tell(verb: 'pay' | 'cancel', { token }: PlayedBuyer, orderId: string): Promise<boolean> {
    const untilMs = clockMs() + STORED_WITHIN_MS;
    for (;;) {
      const answer = await patiently(() => shop.send('POST', `/order/${verb}/${orderId}`, token));
      if (answer.code !== 'ORDER_STILL_PENDING' || clockMs() > untilMs) return answer.code === '';
      await sleep(STORED_POLL_MS);
    }
  }
}

function waitOf({ status, retryAfterMs }: WireAnswer): number {
  return status === 429 || status === 503 ? (retryAfterMs ?? 0) : 0;
}
