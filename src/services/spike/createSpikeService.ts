import { LRUCache } from 'lru-cache';
import { Histogram } from 'prom-client';
import type { ServiceSetting } from '../../config/serviceSettings.js';
import { createTicketKeeper } from '../../domain/ticket.js';
import { createAccessClient } from '../../http/accessClient.js';
import { createAuth } from '../../http/auth.js';
import { createApp } from '../../http/createApp.js';
import { registerGauge } from '../../http/metrics.js';
import type { BuiltService, ServiceContext } from '../../http/runService.js';
import { createTokens } from '../../http/tokens.js';
import { createPublisher } from '../../stores/rabbitmq/createPublisher.js';
import { connectRedis, subscribeToChanges } from '../../stores/redis/connectRedis.js';
import { createLiveLimits } from '../../stores/redis/limits.js';
import { createEventCache } from './createEventCache.js';
import { createOrderIds } from './createOrderIds.js';
import { createOutcomeCounter } from './createOutcomeCounter.js';
import { createPurchaseLine, type PurchaseLine } from './createPurchaseLine.js';
import { createHandTicket } from './handTicket.js';
import { createPurchase } from './purchase.js';
import { PURCHASE_ROUTE, registerRoutes } from './routes.js';
import type { SoldOut } from './soldOut.js';

type SpikeContext = ServiceContext<ServiceSetting<'spike'>>;

/** Buyers of sold-out events that a process keeps in all, about 0.4 kB each. */
const SOLD_OUT_BUYERS_MAX = 60_000;

/** Events that one process sells at once; a line that is forgotten still answers those who wait in it. */
const LINES_MAX = 500;

const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** The purchase: tickets, and the line of buyers of each event. Reads Redis, writes Redis and RabbitMQ, never MySQL. */
export async function createSpikeService({ config, log, metrics, lifecycle }: SpikeContext): Promise<BuiltService> {
  const redisOptions = {
    url: config.redisUrl,
    keyPrefix: config.redisKeyPrefix,
    commandTimeoutMs: config.storeTimeoutMs,
    log,
  };
  const redis = connectRedis(redisOptions);
  const publisher = await createPublisher({
    url: config.rabbitmqUrl,
    name: 'spike',
    confirmTimeoutMs: config.publishConfirmTimeoutMs,
    log,
  });
  const access = createAccessClient({
    url: config.accessUrl,
    serviceToken: config.serviceToken,
    timeoutMs: config.storeTimeoutMs,
  });
  const tickets = createTicketKeeper({ secret: config.ticketSecret, lifetimeSeconds: config.ticketLifetimeSeconds });
  const tokens = createTokens({
    audience: 'shopper',
    secret: config.userJwtSecret,
    lifetimeSeconds: config.tokenLifetimeSeconds,
    refreshWindowSeconds: config.tokenRefreshWindowSeconds,
  });
  const { userRatePerSecond, userBurst, queueFactor, maxInFlight } = config;
  const limits = createLiveLimits(redis, { userRatePerSecond, userBurst, queueFactor, maxInFlight });
  const events = createEventCache({ redis, maxAgeMs: config.eventCacheMs });
  const outcomes = createOutcomeCounter({ redis, log });
  const newOrderId = createOrderIds();
  const soldOuts = new LRUCache<string, SoldOut>({
    maxSize: SOLD_OUT_BUYERS_MAX,
    sizeCalculation: ({ buyers }) => buyers.size + 1,
  });
  const lines = new LRUCache<string, PurchaseLine>({ max: LINES_MAX });
  const changes = subscribeToChanges(redisOptions, (eventId) => {
    events.drop(eventId);
    if (eventId === undefined) for (const line of lines.values()) line.drop();
    else lines.get(eventId)?.drop();
  });

  const batchSizes = new Histogram({
    name: 'spike_batch_size',
    help: 'Buyers in one script call',
    buckets: BATCH_SIZES,
    registers: [metrics.registry],
  });
  registerGauge(metrics.registry, 'spike_purchases_in_flight', 'Purchases that this process has in hand', () =>
    purchase.inFlight(),
  );
  registerGauge(
    metrics.registry,
    'spike_purchases_in_flight_max',
    'Purchases beyond which the answer is 503',
    () => limits.current().maxInFlight,
  );
  registerGauge(
    metrics.registry,
    'spike_event_pending_max',
    'Reservations of one event that may wait to be stored; beyond it the answer is 503 (pendingMax)',
    () => config.pendingMax,
  );

  /** Only for events that a ticket was issued for, so clients cannot make lines by inventing ids. */
  const lineOf = (eventId: string): PurchaseLine => {
    let line = lines.get(eventId);
    if (line === undefined) {
      line = createPurchaseLine({
        eventId,
        redis,
        publisher,
        log,
        defaults: limits.current,
        newOrderId,
        batchSizeMax: config.batchSizeMax,
        batchesInFlightMax: config.batchesInFlightMax,
        pendingMax: config.pendingMax,
        soldOutCacheMs: config.soldOutCacheMs,
        soldOuts,
        onBatch: (size) => batchSizes.observe(size),
      });
      lines.set(eventId, line);
    }
    return line;
  };

  const { bodyBytesMax } = config;
  const purchase = createPurchase({ lineOf, tickets, outcomes, bodyBytesMax, limits: limits.current });
  const app = createApp({
    log,
    metrics,
    lifecycle,
    checks: {
      redis: () => redis.client.ping(),
      // The broker's absence does not stop sales: purchases are answered 202 and the relay brings them. It is no check.
    },
    watched: {
      // The heartbeat tells, within some seconds; a question of each scrape would stand in line with the purchases.
      rabbitmq: async () => {
        if (!publisher.connection.isConnected) throw new Error('RabbitMQ is away');
      },
    },
    checkTimeoutMs: config.storeTimeoutMs,
  });
  registerRoutes(app.route, {
    auth: createAuth(tokens),
    handTicket: createHandTicket({ redis, events, access, tickets, outcomes, defaults: limits.current }),
    purchase: purchase.handler,
  });

  return {
    routes: app.routes,
    listener: app.listener,
    waitForStores: app.waitForStores,
    redis,
    purchaseLatencies: () => metrics.latencies('POST', PURCHASE_ROUTE),
    async close() {
      limits.close();
      await outcomes.close();
      await Promise.all([publisher.close(), changes.close(), access.close()]);
      await redis.close();
      metrics.close();
    },
  };
}
