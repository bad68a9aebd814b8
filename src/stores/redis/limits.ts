import { limitNames, type LimitName, type SomeLimits } from '../../domain/limits.js';
import type { RedisStore } from './connectRedis.js';

/** What staff have set for all events, as Redis has it for the services; undefined when this Redis was never told. */
export async function readLimits(redis: RedisStore): Promise<{ version: number; limits: SomeLimits } | undefined> {
  const fields = await redis.client.hgetall(redis.keys.limits());
  if (fields.version === undefined) return undefined;
  const limits: SomeLimits = {};
  for (const name of limitNames) if (fields[name] !== undefined) limits[name] = Number(fields[name]);
  return { version: Number(fields.version), limits };
}

/** Replaces them as a whole. The caller holds the lock of the stored limits, so that the last change arrives last. */
export async function writeLimits(
  redis: RedisStore,
  { version, limits }: { version: number; limits: SomeLimits },
): Promise<void> {
  const key = redis.keys.limits();
  const replies = await redis.client
    .multi()
    .del(key)
    .hset(key, { version, ...limits })
    .exec();
  for (const [error] of replies ?? []) if (error !== null) throw error;
}

/** The limits for all events as a process has them at this moment. */
export interface LiveLimits<Name extends LimitName> {
  current(): Readonly<Record<Name, number>>;
  /** Reads them now. @throws when Redis does not answer; then those that were known hold on */
  refresh(): Promise<void>;
  close(): void;
}

/** Half of the second within which a change has to be in force everywhere. */
const REFRESH_INTERVAL_MS = 500;

/**
 * Keeps up with what staff set. Asked for at a fixed pace instead of announced: one small read in half a second costs nothing,
 * and there is no message to miss. Until Redis has answered once the settings hold; a Redis that was emptied says nothing,
 * and what was known stays in force until the order service has brought the limits back from MySQL.
 *
 * @param settings the limits that this process uses, as they hold where staff have set nothing
 */
export function createLiveLimits<Name extends LimitName>(
  redis: RedisStore,
  settings: Readonly<Record<Name, number>>,
): LiveLimits<Name> {
  const names = Object.keys(settings) as Name[];
  const pick = (set: SomeLimits) =>
    Object.fromEntries(names.map((name) => [name, set[name] ?? settings[name]])) as Record<Name, number>;
  let limits = pick({});
  let isReading = false;

  const refresh = async () => {
    const read = await readLimits(redis);
    if (read !== undefined) limits = pick(read.limits);
  };
  const timer = setInterval(() => {
    if (isReading) return;
    isReading = true;
    refresh()
      // Redis is away: its own connection says so in the log.
      .catch(() => undefined)
      .finally(() => {
        isReading = false;
      });
  }, REFRESH_INTERVAL_MS);
  timer.unref();

  return { current: () => limits, refresh, close: () => clearInterval(timer) };
}
