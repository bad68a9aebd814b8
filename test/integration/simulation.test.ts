import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog } from '../../src/http/createLog.js';
import { createOrderIds } from '../../src/services/spike/createOrderIds.js';
import type { Reservation } from '../../src/domain/order.js';
import { auditEvent } from '../../src/stores/auditEvent.js';
import { endOrder, expireOrders, findDueReturns, payOrder } from '../../src/stores/mysql/changeOrder.js';
import { findStoredIds } from '../../src/stores/mysql/orders.js';
import { storeOrders } from '../../src/stores/mysql/storeOrders.js';
import { decodeOrders, encodeOrders } from '../../src/stores/rabbitmq/orderMessage.js';
import { mendEvent } from '../../src/stores/mendEvent.js';
import { findSaleEvent, setSaleEventQuantity } from '../../src/stores/mysql/saleEvents.js';
import { rebuildEvent } from '../../src/stores/rebuildEvent.js';
import { adopt } from '../../src/stores/redis/adopt.js';
import { eventKeys, readEvent } from '../../src/stores/redis/events.js';
import { findOldPending, settle, snapshotEvent } from '../../src/stores/redis/pending.js';
import { setQuantity } from '../../src/stores/redis/setQuantity.js';
import { reserve } from '../../src/stores/redis/reserve.js';
import { returnUnits } from '../../src/stores/returnUnits.js';
import { openSale, type Sale, type Shopper } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';

/**
 * Plays sales without any service: buyers, retries, lost and repeated messages, crashes between any two steps, Redis emptied,
 * in an order drawn from a seed. After every step nothing may be oversold or over the limit, and what Redis holds must add up;
 * at the end, when everything that was left lying about has been brought home, not one promise may be broken.
 *
 * `SPIKE_SIMULATION_SEED=… npm test -- simulation` plays one seed again.
 */
const SEEDS = process.env.SPIKE_SIMULATION_SEED
  ? [Number(process.env.SPIKE_SIMULATION_SEED)]
  : [1, 2, 3, 4, 5, Math.floor(Math.random() * 2 ** 31)];
const STEPS = 250;
const BUYERS = 12;
const QUANTITY = 15;
const PURCHASE_LIMIT = 2;

const log = createLog({ service: 'test', level: 'silent' });
let stores: TestStores;
let closeStores: () => Promise<void>;
let sale: Sale;
let shoppers: Shopper[];

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores({ rabbitmq: false }));
  sale = await openSale(stores, { spike: '', order: '' }, { userJwtSecret: 'a-secret-that-no-service-knows-here' });
  shoppers = await sale.shoppers(BUYERS);
});

afterAll(async () => {
  await sale.close();
  await closeStores();
});

describe('a simulated sale', () => {
  test.each(SEEDS)(
    'keeps every promise, whatever is lost, repeated or restarted (seed %i)',
    async (seed) => {
      const play = new Play(seed, await sale.event({ quantity: QUANTITY, purchaseLimit: PURCHASE_LIMIT }));
      for (let step = 0; step < STEPS; step += 1) {
        const done = await play.step();
        await play.check(`seed ${seed}, step ${step}: ${done}`);
      }
      await play.comeHome();
      await play.checkAtRest(`seed ${seed}, at rest`);
    },
    120_000,
  );
});

class Play {
  readonly #random: () => number;
  readonly #newOrderId = createOrderIds();
  /** Messages that the broker has confirmed; one that was handled may still come again. */
  #queue: Buffer[] = [];
  /** Order id → ticket and buyer of what a buyer was told "yes" about. */
  readonly #promised = new Map<string, { userId: string; ticketId: string }>();
  #lastTicket = 0;

  constructor(
    seed: number,
    private readonly eventId: string,
  ) {
    this.#random = mulberry32(seed);
  }

  async step(): Promise<string> {
    const actions: [number, string, () => Promise<unknown>][] = [
      [30, 'buyers come', () => this.#buy(1 + this.#pick(6), 'published')],
      [6, 'buyers come and the process dies before the broker has them', () => this.#buy(1 + this.#pick(3), 'lost')],
      [5, 'buyers come and the message arrives twice', () => this.#buy(1 + this.#pick(3), 'twice')],
      [20, 'the consumer stores a batch', () => this.#consume(true)],
      [8, 'the consumer dies after its commit', () => this.#consume(false)],
      [10, 'somebody pays', () => this.#pay()],
      [12, 'somebody cancels', () => this.#end('cancelled', true)],
      [6, 'a cancellation dies before Redis has the unit', () => this.#end('cancelled', false)],
      [4, 'staff refund', () => this.#end('refunded', true)],
      [4, 'orders expire', () => this.#expire()],
      [8, 'the sweeper returns units', () => this.#sweep()],
      [8, 'the relay looks', () => this.#relay()],
      [4, 'staff add units', () => this.#addUnits()],
      [4, 'staff take units back', () => this.#takeUnits()],
      [6, 'the watch mends the event', () => this.#mend()],
      [3, 'Redis loses everything', () => this.#loseRedis()],
      [5, 'Redis restarts with its data', () => this.#restartRedis()],
    ];
    const total = actions.reduce((sum, [weight]) => sum + weight, 0);
    let drawn = this.#random() * total;
    const [, name, act] = actions.find(([weight]) => (drawn -= weight) < 0)!;
    await act();
    return name;
  }

  async check(what: string): Promise<void> {
    const snapshot = await snapshotEvent(sale.redis, this.eventId);
    const held = [...snapshot.buyers.values()];
    const { quantity } = (await findSaleEvent(stores.sequelize, this.eventId))!;
    const units = held.reduce((sum, buyer) => sum + buyer.units, 0);
    const overLimit = held.some((buyer) => buyer.units > PURCHASE_LIMIT);
    const sums = held.every((buyer) => buyer.units === buyer.orders.reduce((sum, order) => sum + order.quantity, 0));
    const isBeyondMysql = snapshot.event.quantity > quantity;
    const total = snapshot.event.available + units;
    expect({ what, total, isBeyondMysql, overLimit, sums }).toEqual({
      what,
      total: snapshot.event.quantity,
      isBeyondMysql: false,
      overLimit: false,
      sums: true,
    });
  }

  /** Everything that waits is brought to its end, as the running services would do by themselves. */
  async comeHome(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      while (this.#queue.length > 0) await this.#consume(true);
      await this.#relay();
      await this.#sweep();
      await this.#mend();
    }
  }

  async checkAtRest(what: string): Promise<void> {
    const audit = await auditEvent({ sequelize: stores.sequelize, redis: sale.redis }, this.eventId, {
      stuckAfterSeconds: 0,
    });
    expect({ what, audit }).toMatchObject({ audit: { ok: true, pending: 0, problems: [] } });
    expect({ what, total: audit!.available! + audit!.sold }).toEqual({ what, total: audit!.quantity });
    const stored = await findStoredIds(stores.sequelize, [...this.#promised.keys()]);
    expect({ what, lost: [...this.#promised.keys()].filter((id) => !stored.has(id)) }).toEqual({ what, lost: [] });
  }

  async #buy(count: number, then: 'published' | 'lost' | 'twice'): Promise<void> {
    const reading = await readEvent(sale.redis, this.eventId);
    if (reading.code !== 'OK') throw new Error(reading.code);
    const buyers = Array.from({ length: count }, () => {
      const { userId } = shoppers[this.#pick(BUYERS)]!;
      const again = [...this.#promised.values()].find((promise) => promise.userId === userId);
      const isRetry = again !== undefined && this.#pick(4) === 0;
      return {
        userId,
        orderId: this.#newOrderId(this.eventId),
        quantity: 1 + this.#pick(2),
        ticketId: isRetry ? again.ticketId : `t${(this.#lastTicket += 1)}`,
        ruleVersion: 1,
      };
    });
    const { fence } = reading.event;
    const limits = { pendingMax: 1_000, userRatePerSecond: 1_000_000, userBurst: 1_000_000 };
    const result = await reserve(sale.redis, { eventId: this.eventId, fence, buyers, ...limits });
    const accepted: Reservation[] = buyers.flatMap((buyer, index) => {
      const answer = result.answers[index]!;
      if (answer.code !== 'OK') return [];
      const { nowMs: reservedAtMs, priceCents, purchaseLimit } = result;
      const { ruleVersion: _unused, ...rest } = buyer;
      return [{ ...rest, eventId: this.eventId, sequence: answer.sequence, reservedAtMs, priceCents, purchaseLimit }];
    });
    if (accepted.length === 0) return;
    for (const { orderId, userId, ticketId } of accepted) this.#promised.set(orderId, { userId, ticketId });
    const message = encodeOrders(this.eventId, Number(fence), accepted);
    if (then !== 'lost') this.#queue.push(message);
    if (then === 'twice') this.#queue.push(message);
  }

  async #consume(isAcked: boolean): Promise<void> {
    const messages = this.#queue.slice(0, 1 + this.#pick(4));
    if (messages.length === 0) return;
    const reservations = messages.flatMap((message) => decodeOrders(message, null));
    await storeOrders(stores.sequelize, reservations, {
      adopt: async (old) => {
        for (const reservation of old) {
          expect(['HELD', 'ADOPTED']).toContain(await adopt(sale.redis, reservation));
        }
      },
    });
    if (!isAcked) return;
    await settle(
      sale.redis,
      this.eventId,
      reservations.map((reservation) => reservation.orderId),
    );
    this.#queue = this.#queue.slice(messages.length);
  }

  async #pay(): Promise<void> {
    const [orderId, promise] = this.#anyPromise();
    if (promise !== undefined) await payOrder(stores.sequelize, orderId, promise.userId);
  }

  async #end(state: 'cancelled' | 'refunded', isReturned: boolean): Promise<void> {
    const [orderId, promise] = this.#anyPromise();
    if (promise === undefined) return;
    const ended = await endOrder(stores.sequelize, { orderId, userId: promise.userId, state, by: 'shopper' });
    if (ended !== undefined && isReturned) await this.#return([ended]);
  }

  async #expire(): Promise<void> {
    await stores.sequelize.query(
      "UPDATE orders SET pay_before = ordered_at WHERE event_id = :eventId AND state = 'ordered' ORDER BY id LIMIT 1",
      { replacements: { eventId: this.eventId } },
    );
    const expired = await expireOrders(stores.sequelize, 10);
    if (this.#pick(2) === 0) await this.#return(expired);
  }

  async #sweep(): Promise<void> {
    await this.#return(await findDueReturns(stores.sequelize, 100));
  }

  async #return(orders: Parameters<typeof returnUnits>[1]): Promise<void> {
    await returnUnits({ sequelize: stores.sequelize, redis: sale.redis, log }, orders);
  }

  /** More units: MySQL first; whoever dies in between leaves the watch to bring them to Redis. */
  async #addUnits(): Promise<void> {
    await stores.sequelize.transaction(async (transaction) => {
      const event = (await findSaleEvent(stores.sequelize, this.eventId, { transaction, lock: true }))!;
      const quantity = event.quantity + 1 + this.#pick(4);
      await setSaleEventQuantity(stores.sequelize, this.eventId, quantity, transaction);
    });
    if (this.#pick(2) === 0) await this.#mend();
  }

  /** Fewer units: Redis first; whoever dies before the commit leaves the watch to bring them back. */
  async #takeUnits(): Promise<void> {
    const event = (await findSaleEvent(stores.sequelize, this.eventId))!;
    const quantity = event.quantity - 1 - this.#pick(4);
    if (quantity < 0 || !['SET', 'SAME'].includes((await setQuantity(sale.redis, event, quantity)).code)) return;
    if (this.#pick(3) === 0) return;
    await stores.sequelize.transaction((transaction) =>
      setSaleEventQuantity(stores.sequelize, this.eventId, quantity, transaction),
    );
  }

  async #mend(): Promise<void> {
    await mendEvent({ sequelize: stores.sequelize, redis: sale.redis, log }, this.eventId);
  }

  async #relay(): Promise<void> {
    const old = await findOldPending(sale.redis, this.eventId, Number.MAX_SAFE_INTEGER);
    const stored = await findStoredIds(
      stores.sequelize,
      old.map((reservation) => reservation.orderId),
    );
    await settle(sale.redis, this.eventId, [...stored]);
    const reading = await readEvent(sale.redis, this.eventId);
    const left = old.filter((reservation) => !stored.has(reservation.orderId));
    if (left.length > 0 && reading.code === 'OK') {
      this.#queue.push(encodeOrders(this.eventId, Number(reading.event.fence), left));
    }
  }

  /** What was confirmed is safe; what stood in `pending` alone is gone with Redis, and its buyers were told 202 at the most. */
  async #loseRedis(): Promise<void> {
    await this.#drain();
    for (const { orderId } of (await snapshotEvent(sale.redis, this.eventId)).pending) this.#promised.delete(orderId);
    await sale.redis.client.del(...eventKeys(sale.redis, this.eventId));
    await this.#rebuild();
  }

  /** Another run id over the same data; the last messages were not drained and come later, under an old fence. */
  async #restartRedis(): Promise<void> {
    if (this.#pick(2) === 0) await this.#drain();
    await sale.redis.client.hset(sale.redis.keys.event(this.eventId), 'runId', 'of-an-earlier-life');
    await this.#rebuild();
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) await this.#consume(true);
  }

  async #rebuild(): Promise<void> {
    const rebuilt = await rebuildEvent(
      {
        sequelize: stores.sequelize,
        redis: sale.redis,
        log,
        deadLetter: async (conflicts) => expect(conflicts).toEqual([]),
      },
      this.eventId,
    );
    expect(rebuilt?.conflicts).toEqual([]);
  }

  #anyPromise(): [string, { userId: string } | undefined] {
    const promises = [...this.#promised];
    return promises[this.#pick(promises.length)] ?? ['', undefined];
  }

  #pick(below: number): number {
    return Math.floor(this.#random() * below);
  }
}

/** A small seeded generator; see https://github.com/bryc/code/blob/master/jshash/PRNGs.md (public domain). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
