import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import jwt from 'jsonwebtoken';
import { pino } from 'pino';
import { QueryTypes, type Sequelize } from 'sequelize';
import { findFreePort } from '../src/daemon/findFreePort.js';
import { findSources } from '../src/daemon/middleware/findSources.js';
import { startMiddleware } from '../src/daemon/middleware/startMiddleware.js';
import { stopMiddleware } from '../src/daemon/middleware/stopMiddleware.js';
import { nodeFlags } from '../src/config/nodeFlags.js';
import { createTicketKeeper } from '../src/domain/ticket.js';
import { auditEvent } from '../src/stores/auditEvent.js';
import { connectMysql } from '../src/stores/mysql/connectMysql.js';
import { migrate } from '../src/stores/mysql/migrate.js';
import { findSaleEvent, insertSaleEvent } from '../src/stores/mysql/saleEvents.js';
import { connectRedis, type RedisStore } from '../src/stores/redis/connectRedis.js';
import { installEvent } from '../src/stores/redis/events.js';
import { startProcess, type Started } from './processes.js';

/** Long enough for everything that is signed before a run. */
const TICKET_LIFETIME_SECONDS = 3_600;
/** `BENCH_NODE_FLAGS='--cpu-prof --cpu-prof-dir=…'` profiles the services. */
const extraFlags = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
const secret = () => randomBytes(32).toString('hex');

export interface BenchSystem {
  folder: string;
  sequelize: Sequelize;
  /** Starts access, order and one spike process with these settings beside the usual ones. */
  startServices(settings?: Readonly<Record<string, string>>): Promise<{ spikeUrl: string; services: Started[] }>;
  createEvent(quantity: number): Promise<string>;
  /** Purchase requests of `count` buyers that no other call returns. */
  requests(eventId: string, count: number): { path: string; token: string }[];
  countOrders(eventId: string): Promise<number>;
  /** @throws Error when the event's invariants do not hold */
  audit(eventId: string): Promise<void>;
  close(): Promise<void>;
}

/** Private middleware in a folder of its own, and what is needed to run sales on it. */
export async function openBenchSystem(report: (text: string) => void): Promise<BenchSystem> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-bench-'));
  const sources = await findSources({ home: folder, environment: { PATH: process.env.PATH } });
  const { urls } = await startMiddleware({ home: folder, sources, report: ({ message }) => report(message) });
  const sequelize = connectMysql({ url: urls.mysql, poolMax: 4 });
  await migrate(sequelize);
  const log = pino({ level: 'silent' });
  const redis: RedisStore = connectRedis({ url: urls.redis, keyPrefix: 'spike', commandTimeoutMs: 5_000, log });
  const commodityId = await insertCommodity(sequelize);

  const jwtSecret = secret();
  const ticketSecret = secret();
  const tickets = createTicketKeeper({ secret: ticketSecret, lifetimeSeconds: TICKET_LIFETIME_SECONDS });
  let lastUserId = 0;
  const environment = {
    SPIKE_ENVIRONMENT: 'production',
    SPIKE_LOG_LEVEL: 'warn',
    SPIKE_MYSQL_URL: urls.mysql,
    SPIKE_REDIS_URL: urls.redis,
    SPIKE_RABBITMQ_URL: urls.rabbitmq,
    SPIKE_USER_JWT_SECRET: jwtSecret,
    SPIKE_TICKET_SECRET: ticketSecret,
    SPIKE_SERVICE_TOKEN: secret(),
  };

  return {
    folder,
    sequelize,
    async startServices(settings = {}) {
      const [access, spike, order] = [await findFreePort(), await findFreePort(), await findFreePort()];
      const all = {
        ...environment,
        SPIKE_ACCESS_PORT: String(access),
        SPIKE_SPIKE_PORT: String(spike),
        SPIKE_ORDER_PORT: String(order),
        SPIKE_ACCESS_URL: `http://127.0.0.1:${access}`,
        ...settings,
      };
      const services: Started[] = [];
      try {
        for (const name of ['access', 'order', 'spike']) {
          const main = fileURLToPath(new URL(`../dist/services/${name}/main.js`, import.meta.url));
          services.push(await startProcess(name, [...nodeFlags, ...extraFlags, main], all));
        }
      } catch (error) {
        await Promise.all(services.map((service) => service.stop()));
        throw error;
      }
      return { spikeUrl: `http://127.0.0.1:${spike}`, services };
    },
    async createEvent(quantity) {
      const now = Date.now();
      const id = await sequelize.transaction((transaction) =>
        insertSaleEvent(
          sequelize,
          {
            title: 'bench',
            commodityId,
            priceCents: 1_000,
            quantity,
            purchaseLimit: 1,
            rule: [],
            limits: {},
            startsAtMs: now - 60_000,
            endsAtMs: now + 3_600_000,
            paymentWindowSeconds: 3_600,
          },
          transaction,
        ),
      );
      const event = await findSaleEvent(sequelize, id);
      if (event === undefined) throw new Error('the event vanished');
      await installEvent(redis, { event, available: quantity, sequence: 0, buyers: new Map(), pending: [] });
      return id;
    },
    requests(eventId, count) {
      return Array.from({ length: count }, () => {
        const userId = String((lastUserId += 1));
        const { token: ticket } = tickets.issue(eventId, userId, 1, Date.now());
        const claims = { sub: userId, role: 'shopper', aud: 'shopper', iss: 'spike' };
        return { path: `/spike/${eventId}/${ticket}`, token: jwt.sign(claims, jwtSecret, { expiresIn: 3_600 }) };
      });
    },
    async countOrders(eventId) {
      const [row] = await sequelize.query<{ sold: number }>('SELECT sold FROM sale_events WHERE id = ?', {
        replacements: [eventId],
        type: QueryTypes.SELECT,
      });
      return row?.sold ?? 0;
    },
    async audit(eventId) {
      const audit = await auditEvent({ sequelize, redis }, eventId, { stuckAfterSeconds: 60 });
      if (audit?.ok !== true) throw new Error(`The audit failed: ${JSON.stringify(audit)}`);
    },
    async close() {
      await redis.close();
      await sequelize.close();
      await stopMiddleware({ home: folder, report: () => undefined });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function insertCommodity(sequelize: Sequelize): Promise<string> {
  const now = new Date();
  const [id] = await sequelize.query('INSERT INTO commodities (name, created_at, updated_at) VALUES (?, ?, ?)', {
    replacements: ['bench', now, now],
    type: QueryTypes.INSERT,
  });
  return String(id);
}
