import { z } from 'zod';
import { integer, number, port, readBy, secret, setting } from './defineSetting.js';
import { mysqlUrlForm, parseMysqlUrl } from './mysqlUrl.js';
import { parseRedisUrl, redisUrlForms } from './redisUrl.js';

/**
 * Every setting of the system, once. A setting is read, in this order, from a flag, from the environment variable named
 * here, from `spikectl.yaml` (by its key) and from its default. A setting without a default must be given: for secrets,
 * `spikectl up` generates them on this machine; in production nothing but the operator's own value is accepted.
 */
export const settings = {
  environment: setting({
    env: 'SPIKE_ENVIRONMENT',
    schema: z.enum(['local', 'production']),
    default: 'production',
    describe: '`local` for the deployment that `spikectl up` makes; everything else is `production`',
  }),
  logLevel: setting({
    env: 'SPIKE_LOG_LEVEL',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
    describe: 'the least severe log line that is written',
  }),
  logFile: setting({
    env: 'SPIKE_LOG_FILE',
    schema: z.string().min(1),
    default: '-',
    describe: 'file that log lines are appended to; `-` is standard output',
  }),

  mysqlUrl: setting({
    env: 'SPIKE_MYSQL_URL',
    schema: readBy(parseMysqlUrl),
    secret: true,
    describe: mysqlUrlForm,
  }),
  redisUrl: setting({
    env: 'SPIKE_REDIS_URL',
    schema: readBy(parseRedisUrl),
    secret: true,
    describe: redisUrlForms.join(' or '),
  }),
  rabbitmqUrl: setting({
    env: 'SPIKE_RABBITMQ_URL',
    schema: z.url(),
    secret: true,
    describe: 'amqp://user:password@host:port/vhost; amqps for TLS',
  }),
  redisKeyPrefix: setting({
    env: 'SPIKE_REDIS_KEY_PREFIX',
    schema: z.string().regex(/^[a-zA-Z0-9_-]+$/),
    default: 'spike',
    describe: 'first part of every Redis key, so that two deployments can share one Redis',
  }),
  mysqlPoolMax: setting({
    env: 'SPIKE_MYSQL_POOL_MAX',
    schema: integer(4, 500),
    default: 10,
    describe: 'MySQL connections of one process',
  }),
  mysqlAnswerTimeoutMs: setting({
    env: 'SPIKE_MYSQL_ANSWER_TIMEOUT_MS',
    schema: integer(500, 600_000),
    default: 20_000,
    describe: 'how long MySQL may be silent on a question before its connection is dropped',
  }),
  prepareWaitSeconds: setting({
    env: 'SPIKE_PREPARE_WAIT_SECONDS',
    schema: integer(1, 3_600),
    default: 120,
    describe: 'how long the step that migrates the schema of a deployment waits for MySQL',
  }),

  userJwtSecret: setting({
    env: 'SPIKE_USER_JWT_SECRET',
    schema: secret,
    secret: true,
    describe: "signs shoppers' tokens",
  }),
  adminJwtSecret: setting({
    env: 'SPIKE_ADMIN_JWT_SECRET',
    schema: secret,
    secret: true,
    describe: "signs staff's tokens",
  }),
  ticketSecret: setting({ env: 'SPIKE_TICKET_SECRET', schema: secret, secret: true, describe: 'signs tickets' }),
  serviceToken: setting({
    env: 'SPIKE_SERVICE_TOKEN',
    schema: secret,
    secret: true,
    describe: 'what services show to each other on internal routes',
  }),
  nationalIdKey: setting({
    env: 'SPIKE_NATIONAL_ID_KEY',
    schema: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (32 bytes)'),
    secret: true,
    describe: 'encrypts national ids at rest (AES-256-GCM)',
  }),
  tokenLifetimeSeconds: setting({
    env: 'SPIKE_TOKEN_LIFETIME_SECONDS',
    schema: integer(1, 30 * 86_400),
    default: 86_400,
    describe: 'how long a token is valid',
  }),
  tokenRefreshWindowSeconds: setting({
    env: 'SPIKE_TOKEN_REFRESH_WINDOW_SECONDS',
    schema: integer(1, 60 * 86_400),
    default: 172_800,
    describe: 'how long after it was issued a token can still be exchanged for a new one',
  }),
  ticketLifetimeSeconds: setting({
    env: 'SPIKE_TICKET_LIFETIME_SECONDS',
    schema: integer(1, 3_600),
    default: 120,
    describe: 'how long a ticket is valid',
  }),

  host: setting({
    env: 'SPIKE_HOST',
    schema: z.string().min(1),
    default: '127.0.0.1',
    describe: 'address the services listen on',
  }),
  userPort: setting({ env: 'SPIKE_USER_PORT', schema: port, default: 8080, describe: 'port of the user service' }),
  spikePort: setting({ env: 'SPIKE_SPIKE_PORT', schema: port, default: 8081, describe: 'port of the spike service' }),
  accessPort: setting({
    env: 'SPIKE_ACCESS_PORT',
    schema: port,
    default: 8082,
    describe: 'port of the access service',
  }),
  orderPort: setting({ env: 'SPIKE_ORDER_PORT', schema: port, default: 8084, describe: 'port of the order service' }),
  adminPort: setting({ env: 'SPIKE_ADMIN_PORT', schema: port, default: 8085, describe: 'port of the admin service' }),
  ingressPort: setting({
    env: 'SPIKE_INGRESS_PORT',
    schema: port,
    default: 8000,
    describe: 'port of the local ingress: one URL for the page and all public routes',
  }),
  accessUrl: setting({
    env: 'SPIKE_ACCESS_URL',
    schema: z.url(),
    default: 'http://127.0.0.1:8082',
    describe: 'where the spike and user services find the access service',
  }),
  userUrl: setting({
    env: 'SPIKE_USER_URL',
    schema: z.url(),
    default: 'http://127.0.0.1:8080',
    describe: 'where the admin service finds the user service, which signs the tokens of test buyers',
  }),
  trustedProxyHops: setting({
    env: 'SPIKE_TRUSTED_PROXY_HOPS',
    schema: integer(0, 10),
    default: 0,
    describe: 'proxies in front whose X-Forwarded-For is believed; 0 believes none',
  }),
  spikeInstances: setting({
    env: 'SPIKE_SPIKE_INSTANCES',
    schema: integer(1, 256),
    default: 2,
    describe: 'processes of the spike service that `spikectl daemon` starts',
  }),

  bodyBytesMax: setting({
    env: 'SPIKE_BODY_BYTES_MAX',
    schema: integer(256, 10_485_760),
    default: 65_536,
    describe: 'largest request body in bytes',
  }),
  requestTimeoutMs: setting({
    env: 'SPIKE_REQUEST_TIMEOUT_MS',
    schema: integer(100, 120_000),
    default: 15_000,
    describe: 'how long a client may take to send its request',
  }),
  drainDeadlineMs: setting({
    env: 'SPIKE_DRAIN_DEADLINE_MS',
    schema: integer(0, 120_000),
    default: 8_000,
    describe: 'how long a process that was told to stop may finish what it began',
  }),
  storeTimeoutMs: setting({
    env: 'SPIKE_STORE_TIMEOUT_MS',
    schema: integer(50, 60_000),
    default: 2_000,
    describe: 'how long a store may take to answer before it counts as unavailable',
  }),

  userRatePerSecond: setting({
    env: 'SPIKE_USER_RATE',
    schema: number(0.01, 1e6),
    default: 10,
    describe: "refill of a user's token bucket on the spike routes, per event",
  }),
  userBurst: setting({
    env: 'SPIKE_USER_BURST',
    schema: integer(1, 1e6),
    default: 40,
    describe: "size of a user's token bucket on the spike routes, per event",
  }),
  queueFactor: setting({
    env: 'SPIKE_QUEUE_FACTOR',
    schema: number(1, 1e6),
    default: 5,
    describe:
      'requests let through to Redis at once per unit left; the others wait for their outcome and are refused if no unit is left',
  }),
  maxInFlight: setting({
    env: 'SPIKE_MAX_IN_FLIGHT',
    schema: integer(1, 1e6),
    default: 2_000,
    describe: 'purchases that one spike process has in hand at once; beyond it the answer is 503',
  }),
  addressRatePerMinute: setting({
    env: 'SPIKE_ADDRESS_RATE',
    schema: number(0.1, 1e7),
    default: 120,
    describe: 'register and login requests per minute of one address',
  }),
  addressBurst: setting({
    env: 'SPIKE_ADDRESS_BURST',
    schema: integer(1, 1e7),
    default: 60,
    describe: 'register and login requests of one address in one burst',
  }),
  loginFailuresMax: setting({
    env: 'SPIKE_LOGIN_FAILURES_MAX',
    schema: integer(1, 1_000),
    default: 10,
    describe: 'failed logins of one name before it must wait',
  }),
  loginLockSeconds: setting({
    env: 'SPIKE_LOGIN_LOCK_SECONDS',
    schema: integer(1, 86_400),
    default: 60,
    describe: 'how long it must wait then',
  }),

  accessCacheSeconds: setting({
    env: 'SPIKE_ACCESS_CACHE_SECONDS',
    schema: integer(0, 3_600),
    default: 30,
    describe: 'how long an access decision is cached',
  }),
  eventCacheMs: setting({
    env: 'SPIKE_EVENT_CACHE_MS',
    schema: integer(0, 1_000),
    default: 500,
    describe: 'how old what a process knows of an event may be',
  }),
  soldOutCacheMs: setting({
    env: 'SPIKE_SOLD_OUT_CACHE_MS',
    schema: integer(0, 1_000),
    default: 1_000,
    describe: 'how long a process believes an event to be sold out without asking Redis',
  }),

  batchSizeMax: setting({
    env: 'SPIKE_BATCH_SIZE_MAX',
    schema: integer(1, 1_000),
    default: 256,
    describe: 'purchases in one script call',
  }),
  batchesInFlightMax: setting({
    env: 'SPIKE_BATCHES_IN_FLIGHT_MAX',
    schema: integer(1, 1_000),
    default: 4,
    describe: 'script calls of one event that one process has under way at once',
  }),
  pendingMax: setting({
    env: 'SPIKE_PENDING_MAX',
    schema: integer(1, 1e7),
    default: 100_000,
    describe: 'reservations of one event that may wait to be stored; beyond it the answer is 503',
  }),
  publishConfirmTimeoutMs: setting({
    env: 'SPIKE_PUBLISH_CONFIRM_TIMEOUT_MS',
    schema: integer(10, 60_000),
    default: 1_000,
    describe: "how long a purchase waits for the broker's confirm before it is answered 202",
  }),
  relayAfterMs: setting({
    env: 'SPIKE_RELAY_AFTER_MS',
    schema: integer(100, 600_000),
    default: 5_000,
    describe: 'age at which a reservation that is not stored is sent to the broker again',
  }),
  relayIntervalMs: setting({
    env: 'SPIKE_RELAY_INTERVAL_MS',
    schema: integer(50, 600_000),
    default: 1_000,
    describe: 'pause between two looks for such reservations',
  }),
  stuckAfterSeconds: setting({
    env: 'SPIKE_STUCK_AFTER_SECONDS',
    schema: integer(1, 86_400),
    default: 60,
    describe: 'age at which audit calls a reservation stuck',
  }),
  storeBatchSizeMax: setting({
    env: 'SPIKE_STORE_BATCH_SIZE_MAX',
    schema: integer(1, 10_000),
    default: 1_000,
    describe: 'orders stored in one transaction',
  }),
  consumerPrefetch: setting({
    env: 'SPIKE_CONSUMER_PREFETCH',
    schema: integer(1, 10_000),
    default: 100,
    describe: 'messages that one order process has in hand at once',
  }),
  expireIntervalMs: setting({
    env: 'SPIKE_EXPIRE_INTERVAL_MS',
    schema: integer(50, 600_000),
    default: 1_000,
    describe: 'pause between two looks for unpaid orders and for units that must return',
  }),
  lifeCheckIntervalMs: setting({
    env: 'SPIKE_LIFE_CHECK_INTERVAL_MS',
    schema: integer(50, 60_000),
    default: 500,
    describe: 'pause between two looks whether Redis is still the one the stock was built on',
  }),
  rebuildQuietMs: setting({
    env: 'SPIKE_REBUILD_QUIET_MS',
    schema: integer(0, 60_000),
    default: 1_500,
    describe: 'how long the publishes of a lost life of the stock are given to reach the queue before it is drained',
  }),
} as const;

export type SettingName = keyof typeof settings;

/** The values of all settings, checked. Times carry their unit in the name; urls and secrets are strings. */
export type Config = { readonly [Name in SettingName]: z.infer<(typeof settings)[Name]['schema']> };

/** Where a value came from. */
export type Origin = 'flag' | 'environment' | 'file' | 'default';
