import type { Reservation } from '../../domain/order.js';
import { encodeOrders } from '../../stores/rabbitmq/orderMessage.js';
import type { Publisher } from '../../stores/rabbitmq/createPublisher.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { isLifeCurrent } from '../../stores/redis/events.js';
import { reserve, type Buyer, type ReserveAnswer, type ReserveResult } from '../../stores/redis/reserve.js';
import type { Log } from '../../http/createLog.js';
import type { PurchaseOutcome } from './outcome.js';
import { answerSoldOut, readSoldOut, type SoldOut } from './soldOut.js';

export interface PurchaseLineOptions {
  eventId: string;
  redis: RedisStore;
  publisher: Publisher;
  log: Log;
  /** For an event without limits of its own, as they are at this moment; each batch brings the event's own from Redis. */
  defaults(): LineLimits;
  newOrderId(eventId: string): string;
  batchSizeMax: number;
  batchesInFlightMax: number;
  pendingMax: number;
  soldOutCacheMs: number;
  /** What is known of sold-out events, bounded for all of them together; one that is forgotten is asked for again. */
  soldOuts: Pick<Map<string, SoldOut>, 'get' | 'delete'> & { set(eventId: string, soldOut: SoldOut): unknown };
  /** Told the size of every batch that was sent. */
  onBatch(size: number): void;
}

export interface LineLimits {
  userRatePerSecond: number;
  userBurst: number;
  queueFactor: number;
  /** Purchases of the event that this process has in hand at once. */
  maxInFlight: number;
}

/** What a buyer brings; the order id is given here. */
type Request = Pick<Buyer, 'userId' | 'quantity' | 'ticketId' | 'ruleVersion'>;

export interface PurchaseLine {
  /** @throws when Redis does not answer; the reservation may stand all the same, and then the relay brings the order */
  buy(request: Request): PurchaseOutcome | Promise<PurchaseOutcome>;
  /** Purchases of the event that this process may have in hand at once. */
  readonly maxInFlight: number;
  /** Forgets what is known of the stock: a unit may have returned. */
  drop(): void;
}

interface Waiter {
  buyer: Buyer;
  resolve(outcome: PurchaseOutcome): void;
  reject(error: unknown): void;
}

/** A script call that is fenced off is repeated with the fence it was told, this often: once is enough unless two rebuilds meet. */
const FENCE_RETRIES = 2;

/**
 * The line of one event's buyers in one process.
 *
 * A buyer **waits** from the moment of asking until a batch takes him along. All who came in the same turn of the event loop
 * go as one script call; while calls are under way (at most `batchesInFlightMax`) new buyers gather, so batches grow with the
 * load and at low load a batch is one buyer who waits for nobody. The accepted buyers of a batch leave as one message and are
 * answered when the broker has confirmed it, or at the latest after the publisher's time: the reservation stands either way.
 *
 * The line remembers how many units the last batch left. It sends at most `queueFactor` buyers a unit at once; the others
 * wait for the outcome of those before them, so nobody is refused while a unit is left that nobody has spoken for. When no
 * unit is left the line is **sold out**: it reads who holds the units and answers everybody from that, until a unit returns
 * (`drop`) or `soldOutCacheMs` is over; then one buyer goes to ask, and if nothing has changed what was known stays known.
 *
 * Chosen over one script call a buyer (7k/s where batches reach 18k/s on two cores) and over a timer that gathers buyers (it
 * adds its delay to every purchase at low load, where there is nothing to gather).
 */
export function createPurchaseLine(options: PurchaseLineOptions): PurchaseLine {
  const { eventId, redis, publisher, soldOuts } = options;
  let fence = '0';
  let available: number | undefined;
  let waiting: Waiter[] = [];
  let batchesInFlight = 0;
  let buyersInFlight = 0;
  /** Asked and not answered yet: waiting, in a script call or on the way to the broker. */
  let inHand = 0;
  /** The event's own, as the last batch brought them. */
  let own: { queueFactor: number | undefined; maxInFlight: number | undefined } | undefined;
  let isFlushScheduled = false;
  let soldOutUntilMs = 0;
  /** While the holders are being read nobody is sent: all are answered from them. */
  let learning: Promise<void> | undefined;
  /** Rises with every `drop`: what was read before it may be out of date. */
  let dropCount = 0;

  return {
    get maxInFlight() {
      return maxInFlight();
    },
    buy(request) {
      const soldOut = performance.now() < soldOutUntilMs ? soldOuts.get(eventId) : undefined;
      if (soldOut !== undefined) return answerSoldOut(soldOut, request);
      if (inHand >= maxInFlight()) return { code: 'OVERLOADED' };
      inHand += 1;
      const asked = new Promise<PurchaseOutcome>((resolve, reject) => {
        const buyer = { ...request, orderId: options.newOrderId(eventId) };
        waiting.push({ buyer, resolve, reject });
        scheduleFlush();
      });
      return asked.finally(() => {
        inHand -= 1;
      });
    },
    drop() {
      soldOuts.delete(eventId);
      available = undefined;
      dropCount += 1;
    },
  };

  function maxInFlight(): number {
    return own?.maxInFlight ?? options.defaults().maxInFlight;
  }

  function scheduleFlush(): void {
    if (isFlushScheduled) return;
    isFlushScheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    isFlushScheduled = false;
    while (waiting.length > 0 && learning === undefined && batchesInFlight < options.batchesInFlightMax) {
      const size = Math.min(waiting.length, options.batchSizeMax, roomForBuyers());
      if (size < 1) return;
      void send(waiting.splice(0, size));
    }
  }

  /** How many more buyers may be under way: `queueFactor` for each unit left, and one to ask when none seems left. */
  function roomForBuyers(): number {
    if (available === undefined) return Infinity;
    return Math.max(1, Math.ceil(available * (own?.queueFactor ?? options.defaults().queueFactor))) - buyersInFlight;
  }

  async function send(batch: Waiter[]): Promise<void> {
    batchesInFlight += 1;
    buyersInFlight += batch.length;
    const dropCountBefore = dropCount;
    options.onBatch(batch.length);
    let result: ReserveResult | undefined;
    try {
      result = await reserveBatch(batch);
    } catch (error) {
      for (const waiter of batch) waiter.reject(error);
    } finally {
      batchesInFlight -= 1;
      buyersInFlight -= batch.length;
    }
    if (result !== undefined) {
      own = { queueFactor: result.queueFactor, maxInFlight: result.maxInFlight };
      if (dropCountBefore === dropCount) noteStock(result);
      answer(batch, result).catch((error: unknown) => {
        for (const waiter of batch) waiter.reject(error);
      });
    }
    flush();
  }

  async function reserveBatch(batch: readonly Waiter[]): Promise<ReserveResult> {
    const { userRatePerSecond, userBurst } = options.defaults();
    const buyers = batch.map((waiter) => waiter.buyer);
    for (let attempt = 0; ; attempt += 1) {
      const { pendingMax } = options;
      const result = await reserve(redis, { eventId, fence, pendingMax, userRatePerSecond, userBurst, buyers });
      if (result.verdict !== 'FENCED' || attempt === FENCE_RETRIES) return result;
      fence = result.fence;
    }
  }

  function noteStock(result: ReserveResult): void {
    if (result.verdict !== 'OK') {
      // Not selling: whatever was known of the stock is of no use now, and may be wrong when it sells again.
      soldOuts.delete(eventId);
      available = undefined;
      return;
    }
    available = result.available;
    const soldOut = soldOuts.get(eventId);
    if (result.available > 0) {
      soldOuts.delete(eventId);
    } else if (soldOut?.fence === result.fence && soldOut.stockVersion === result.stockVersion) {
      believeSoldOut(soldOut);
    } else if (options.soldOutCacheMs > 0) {
      learning ??= learnSoldOut();
    }
  }

  async function learnSoldOut(): Promise<void> {
    const dropCountBefore = dropCount;
    try {
      const learned = await readSoldOut(redis, eventId);
      if (learned !== undefined && dropCountBefore === dropCount) believeSoldOut(learned);
    } catch (error) {
      // Not knowing is no failure: the buyers who wait go to Redis and are told there what is wrong with it.
      options.log.debug({ err: error }, 'cannot read who holds the units');
    } finally {
      learning = undefined;
      flush();
    }
  }

  function believeSoldOut(known: SoldOut): void {
    soldOuts.set(eventId, known);
    soldOutUntilMs = performance.now() + options.soldOutCacheMs;
    const answered = waiting;
    waiting = [];
    for (const waiter of answered) waiter.resolve(answerSoldOut(known, waiter.buyer));
  }

  async function answer(batch: readonly Waiter[], result: ReserveResult): Promise<void> {
    if (result.verdict !== 'OK') {
      const outcome = await refuseBatch(result);
      for (const waiter of batch) waiter.resolve(outcome);
      return;
    }
    const accepted: Waiter[] = [];
    const reservations: Reservation[] = [];
    batch.forEach((waiter, index) => {
      const verdict = result.answers[index]!;
      if (verdict.code === 'OK') {
        accepted.push(waiter);
        reservations.push(toReservation(waiter.buyer, verdict.sequence, result));
      } else {
        waiter.resolve(refuseBuyer(verdict, result));
      }
    });
    if (accepted.length === 0) return;
    const published = await publisher.publish('orders', encodeOrders(eventId, Number(result.fence), reservations));
    const isConfirmed = published === 'confirmed';
    for (const { buyer, resolve } of accepted) {
      resolve({ code: 'ACCEPTED', orderId: buyer.orderId, rest: result.available, isConfirmed });
    }
  }

  function toReservation(buyer: Buyer, sequence: number, result: ReserveResult): Reservation {
    const { orderId, userId, quantity, ticketId } = buyer;
    const { nowMs: reservedAtMs, priceCents, purchaseLimit } = result;
    return { orderId, eventId, userId, quantity, ticketId, reservedAtMs, sequence, priceCents, purchaseLimit };
  }

  async function refuseBatch(result: ReserveResult): Promise<PurchaseOutcome> {
    switch (result.verdict) {
      case 'NOT_STARTED':
        return {
          code: 'EVENT_NOT_STARTED',
          startsAtMs: result.startsAtMs,
          retryAfterMs: result.startsAtMs - result.nowMs,
        };
      case 'PAUSED':
        return { code: 'EVENT_PAUSED' };
      case 'CLOSED':
      case 'ENDED':
        return { code: 'EVENT_ENDED' };
      case 'NO_EVENT':
        return { code: (await isLifeCurrent(redis)) ? 'NOT_FOUND' : 'STOCK_REBUILDING' };
      default:
        return { code: 'STOCK_REBUILDING' };
    }
  }
}

function refuseBuyer(answer: Exclude<ReserveAnswer, { code: 'OK' }>, result: ReserveResult): PurchaseOutcome {
  switch (answer.code) {
    case 'SOLD_OUT':
      return { code: 'SOLD_OUT', rest: result.available };
    case 'TOO_MANY':
      return { code: 'TOO_MANY_REQUESTS', retryAfterMs: answer.retryAfterMs };
    case 'LIMIT_REACHED':
      return { code: 'LIMIT_REACHED', orderId: answer.orderId, purchaseLimit: result.purchaseLimit };
    case 'TICKET_STALE':
      return { code: 'TICKET_INVALID' };
    default:
      return answer;
  }
}
