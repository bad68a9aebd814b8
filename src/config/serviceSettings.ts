import type { SettingName } from './settings.js';

export const serviceNames = ['user', 'spike', 'access', 'order', 'admin'] as const;

export type ServiceName = (typeof serviceNames)[number];

export type PortSetting = Extract<SettingName, `${string}Port`>;

export const servicePorts = {
  user: 'userPort',
  spike: 'spikePort',
  access: 'accessPort',
  order: 'orderPort',
  admin: 'adminPort',
} as const satisfies Record<ServiceName, PortSetting>;

/** The settings that every service reads. */
export const sharedSettings = [
  'environment',
  'logLevel',
  'logFile',
  'host',
  'requestTimeoutMs',
  'drainDeadlineMs',
  'bodyBytesMax',
  'storeTimeoutMs',
  'trustedProxyHops',
] as const satisfies readonly SettingName[];

export type SharedSetting = (typeof sharedSettings)[number];

/**
 * What each service reads beside them, and nothing else: it is not given the secrets of another. Both the service itself
 * and what is delivered (images, Compose file, chart) follow these lists, so that a new setting reaches them by itself.
 */
export const serviceSettings = {
  user: [
    'mysqlUrl',
    'mysqlPoolMax',
    'mysqlAnswerTimeoutMs',
    'redisUrl',
    'redisKeyPrefix',
    'userJwtSecret',
    'tokenLifetimeSeconds',
    'tokenRefreshWindowSeconds',
    'nationalIdKey',
    'accessUrl',
    'serviceToken',
    'addressRatePerMinute',
    'addressBurst',
    'loginFailuresMax',
    'loginLockSeconds',
    'eventCacheMs',
  ],
  spike: [
    'redisUrl',
    'redisKeyPrefix',
    'rabbitmqUrl',
    'userJwtSecret',
    'tokenLifetimeSeconds',
    'tokenRefreshWindowSeconds',
    'ticketSecret',
    'ticketLifetimeSeconds',
    'accessUrl',
    'serviceToken',
    'userRatePerSecond',
    'userBurst',
    'queueFactor',
    'maxInFlight',
    'eventCacheMs',
    'soldOutCacheMs',
    'batchSizeMax',
    'batchesInFlightMax',
    'pendingMax',
    'publishConfirmTimeoutMs',
  ],
  access: [
    'mysqlUrl',
    'mysqlPoolMax',
    'mysqlAnswerTimeoutMs',
    'redisUrl',
    'redisKeyPrefix',
    'serviceToken',
    'accessCacheSeconds',
  ],
  order: [
    'mysqlUrl',
    'mysqlPoolMax',
    'mysqlAnswerTimeoutMs',
    'redisUrl',
    'redisKeyPrefix',
    'rabbitmqUrl',
    'userJwtSecret',
    'tokenLifetimeSeconds',
    'tokenRefreshWindowSeconds',
    'batchSizeMax',
    'storeBatchSizeMax',
    'consumerPrefetch',
    'publishConfirmTimeoutMs',
    'relayAfterMs',
    'relayIntervalMs',
    'expireIntervalMs',
    'lifeCheckIntervalMs',
    'rebuildQuietMs',
  ],
  admin: [
    'mysqlUrl',
    'mysqlPoolMax',
    'mysqlAnswerTimeoutMs',
    'redisUrl',
    'redisKeyPrefix',
    'rabbitmqUrl',
    'adminJwtSecret',
    'nationalIdKey',
    'tokenLifetimeSeconds',
    'tokenRefreshWindowSeconds',
    'addressRatePerMinute',
    'addressBurst',
    'loginFailuresMax',
    'loginLockSeconds',
    'userRatePerSecond',
    'userBurst',
    'queueFactor',
    'maxInFlight',
    'stuckAfterSeconds',
    'publishConfirmTimeoutMs',
    'userUrl',
    'serviceToken',
  ],
} as const satisfies Record<ServiceName, readonly SettingName[]>;

/** What the admin image's other program reads: it prepares the database before the services start (`prepare.js`). */
export const prepareSettings = [
  'logLevel',
  'logFile',
  'mysqlUrl',
  'prepareWaitSeconds',
] as const satisfies readonly SettingName[];

export type ServiceSetting<Service extends ServiceName> = (typeof serviceSettings)[Service][number];
