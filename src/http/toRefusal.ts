import { Refusal } from '../domain/errorCatalogue.js';
import { isError } from './isError.js';

/** A store that is back answers the next request: clients need not wait longer. */
const RETRY_AFTER_SECONDS = 1;

type Store = 'mysql' | 'redis' | 'rabbitmq' | 'service';

/**
 * Turns what a store's client throws when its server is away, starting, stopping or too slow into `STORE_UNAVAILABLE`;
 * a `Refusal` stays what it is; everything else is `INTERNAL`, our fault. The one place that knows the clients' errors.
 */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const store = unavailableStore(error);
  return store === undefined
    ? new Refusal('INTERNAL')
    : new Refusal('STORE_UNAVAILABLE', { store }, RETRY_AFTER_SECONDS);
}

/** The store whose absence the error speaks of, if it does. */
export function unavailableStore(error: unknown): Store | undefined {
  if (!isError(error)) return undefined;
  if (error.name.startsWith('Sequelize')) return isMysqlAway(error) ? 'mysql' : undefined;
  if (isRedisAway(error)) return 'redis';
  if (isRabbitmqAway(error)) return 'rabbitmq';
  return networkCodes.has(codeOf(error)) || codeOf(error).startsWith('UND_ERR') ? 'service' : undefined;
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Sequelize's names of connection errors; `SequelizeDatabaseError` needs a look at the driver's code. */
const sequelizeNames = /^Sequelize(Connection|Host|InvalidConnection|AccessDenied)\w*Error$|^SequelizeTimeoutError$/;
const mysqlCodes = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_QUERY_INTERRUPTED',
  'ER_QUERY_TIMEOUT',
  'ER_STATEMENT_TIMEOUT',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_CONNECTION_KILLED',
]);
const mysqlMessages = /connection is in closed state|Connection lost|Can't add new command/;

function isMysqlAway(error: Error): boolean {
  if (sequelizeNames.test(error.name)) return true;
  const parent = 'parent' in error && isError(error.parent) ? error.parent : error;
  const code = codeOf(parent);
  return mysqlCodes.has(code) || networkCodes.has(code) || mysqlMessages.test(parent.message);
}

const redisMessages =
  /^(Connection is closed|Stream isn't writeable|Command timed out|Reached the max retries|None of startup nodes|Failed to refresh slots|All sentinels are unreachable|Connection in subscriber mode)/;
const redisReplies =
  /^(LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM|BUSY|NOAUTH|WRONGPASS)\b/;

function isRedisAway(error: Error): boolean {
  if (error.name === 'MaxRetriesPerRequestError' || error.name === 'ClusterAllFailedError') return true;
  if (error.name === 'ReplyError') return redisReplies.test(error.message);
  return redisMessages.test(error.message);
}

function isRabbitmqAway(error: Error): boolean {
  return error.name === 'IllegalOperationError' || /^(Channel|Connection) (closed|ended|closing)/.test(error.message);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
