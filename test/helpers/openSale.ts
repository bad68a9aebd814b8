import { once } from 'node:events';
import type { QueryTypes } from 'sequelize';
import { createLog } from '../../src/http/createLog.js';
import { createTokens } from '../../src/http/tokens.js';
import type { Config } from '../../src/config/settings.js';
import type { EventAudit, RuleLink } from '../../src/domain/wire.js';
import { auditEvent } from '../../src/stores/auditEvent.js';
import { findSaleEvent, insertSaleEvent, type NewSaleEvent } from '../../src/stores/mysql/saleEvents.js';
import { connectRedis, type RedisStore } from '../../src/stores/redis/connectRedis.js';
import { installEvent } from '../../src/stores/redis/events.js';
import { ask, type Answered } from './ask.js';
import type { TestStores } from './openStores.js';

/** Where the public routes of a sale answer. */
export interface SaleUrls {
  spike: string;
  order: string;
}

export interface Shopper {
  userId: string;
  token: string;
}

/** Sets the scene of a sale in the stores, and acts as its shoppers over real HTTP. */
export interface Sale {
  redis: RedisStore;
  /** Shoppers who are registered and logged in; made in one statement, since hashing passwords is not what is tested. */
  shoppers(count: number): Promise<Shopper[]>;
  event(options?: Partial<NewSaleEvent> & { rule?: RuleLink[] }): Promise<string>;
  ticket(shopper: Shopper, eventId: string): Promise<string>;
  spend(shopper: Shopper, eventId: string, ticket: string, body?: unknown): Promise<Answered>;
  /** Fetches a ticket and spends it. */
  buy(shopper: Shopper, eventId: string): Promise<Answered>;
  order(shopper: Shopper, orderId: string): Promise<Answered>;
  /** Asks for the order until it is in this state. */
  orderIn(shopper: Shopper, orderId: string, state: string): Promise<Answered>;
  pay(shopper: Shopper, orderId: string): Promise<Answered>;
  cancel(shopper: Shopper, orderId: string): Promise<Answered>;
  audit(eventId: string): Promise<EventAudit>;
  /** Audits until nothing is on its way any more: available + sold is the quantity. */
  auditAtRest(eventId: string): Promise<EventAudit>;
  close(): Promise<void>;
}

const REST_DEADLINE_MS = 30_000;
const POLL_MS = 50;
const STUCK_AFTER_SECONDS = 60;

export async function openSale(
  stores: TestStores,
  urls: SaleUrls,
  config: Pick<Config, 'userJwtSecret'>,
): Promise<Sale> {
  const { sequelize } = stores;
  const redis = connectRedis({
    url: stores.redisUrl,
    keyPrefix: stores.redisKeyPrefix,
    commandTimeoutMs: 5_000,
    log: createLog({ service: 'test', level: 'silent' }),
  });
  // Commands fail at once while there is no connection, and the first one would.
  await once(redis.client, 'ready').catch(async (error: unknown) => {
    await redis.close();
    throw error;
  });
  const tokens = createTokens({
    audience: 'shopper',
    secret: config.userJwtSecret,
    lifetimeSeconds: 3_600,
    refreshWindowSeconds: 3_600,
  });
  let lastPhone = 0;
  let commodityId: string | undefined;

  const sale: Sale = {
    redis,
    async shoppers(count) {
      const now = new Date();
      const rows = Array.from({ length: count }, () => [
        `+49150${1_000_000 + (lastPhone += 1)}`,
        '-',
        '1990-01-01',
        now,
      ]);
      await sequelize.query('INSERT INTO users (phone, password_hash, birth_date, created_at) VALUES :rows', {
        replacements: { rows },
      });
      const phones = rows.map(([phone]) => phone);
      const [users] = (await sequelize.query('SELECT id FROM users WHERE phone IN (:phones) ORDER BY id', {
        replacements: { phones },
      })) as [{ id: number }[], QueryTypes];
      return users.map(({ id }) => {
        const userId = String(id);
        return { userId, token: tokens.issue({ id: userId, role: 'shopper' }).token };
      });
    },
    async event(options = {}) {
      if (commodityId === undefined) {
        const [id] = await sequelize.query(
          "INSERT INTO commodities (name, created_at, updated_at) VALUES ('lamp', NOW(3), NOW(3))",
        );
        commodityId = String(id);
      }
      const wanted: NewSaleEvent = {
        title: 'lamps',
        commodityId,
        priceCents: 999,
        quantity: 100,
        purchaseLimit: 1,
        rule: [],
        limits: {},
        startsAtMs: Date.now() - 60_000,
        endsAtMs: Date.now() + 3_600_000,
        paymentWindowSeconds: 900,
        ...options,
      };
      return sequelize.transaction(async (transaction) => {
        const id = await insertSaleEvent(sequelize, wanted, transaction);
        const event = (await findSaleEvent(sequelize, id, { transaction }))!;
        // Before the commit, so that an order service that looks at the events never sees one that Redis does not have.
        await installEvent(redis, { event, available: event.quantity, sequence: 0, buyers: new Map(), pending: [] });
        return id;
      });
    },
    async ticket({ token }, eventId) {
      const answer = await ask('GET', `${urls.spike}/spike/${eventId}`, { token });
      if (answer.status !== 200) throw new Error(`No ticket: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.token as string;
    },
    spend: ({ token }, eventId, ticket, body) =>
      ask('POST', `${urls.spike}/spike/${eventId}/${ticket}`, { token, ...(body === undefined ? {} : { body }) }),
    buy: async (shopper, eventId) => sale.spend(shopper, eventId, await sale.ticket(shopper, eventId)),
    order: ({ token }, orderId) => ask('GET', `${urls.order}/order/${orderId}`, { token }),
    async orderIn(shopper, orderId, state) {
      const deadline = performance.now() + REST_DEADLINE_MS;
      for (;;) {
        const answer = await sale.order(shopper, orderId);
        if (answer.body.order?.state === state) return answer;
        if (performance.now() > deadline) throw new Error(`${orderId} is not ${state}: ${JSON.stringify(answer.body)}`);
        await sleep(POLL_MS);
      }
    },
    pay: ({ token }, orderId) => ask('POST', `${urls.order}/order/pay/${orderId}`, { token }),
    cancel: ({ token }, orderId) => ask('POST', `${urls.order}/order/cancel/${orderId}`, { token }),
    async audit(eventId) {
      return (await auditEvent({ sequelize, redis }, eventId, { stuckAfterSeconds: STUCK_AFTER_SECONDS }))!;
    },
    async auditAtRest(eventId) {
      const deadline = performance.now() + REST_DEADLINE_MS;
      for (;;) {
        const audit = await sale.audit(eventId);
        if (audit.pending === 0 && audit.ok) return audit;
        if (performance.now() > deadline) return audit;
        await sleep(POLL_MS);
      }
    },
    close: () => redis.close(),
  };
  return sale;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
