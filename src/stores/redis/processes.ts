import type { RedisStore } from './connectRedis.js';
import { redisNowMs } from './consumers.js';

/** A process that has not reported for this long is gone. */
const REPORT_AGE_MAX_MS = 5_000;
/** When no process has reported for this long the system is down, and what comes next is counted anew. */
const FORGET_AFTER_SECONDS = 60;

/** Which process of the system it is. */
export interface ProcessIdentity {
  service: string;
  /** Tells the processes of a service apart on one machine. */
  instance: string;
  pid: number;
  host: string;
}

/** What a process says of itself. */
export interface ProcessReport extends ProcessIdentity {
  startedAtMs: number;
  version: string;
  /** Share of one core since the report before. */
  cpu: number;
  memoryBytes: number;
  /** How late the event loop was since the report before, 99th percentile. */
  eventLoopLagP99Ms: number;
  /** Starts after the first. */
  restarts: number;
  /** Purchases answered in the last seconds, as `sparseCounts` writes them; only of a process that sells. */
  purchaseLatency?: number[];
}

/** Counts a start. @returns starts of this service and instance on its host since the system came up, this one included */
export async function countStart(redis: RedisStore, identity: ProcessIdentity): Promise<number> {
  const { service, host, instance } = identity;
  return redis.client.hincrby(redis.keys.processStarts(), [service, host, instance].join(':'), 1);
}

export async function reportProcess(redis: RedisStore, report: ProcessReport): Promise<void> {
  const { keys } = redis;
  const text = JSON.stringify({ ...report, reportedAtMs: await redisNowMs(redis) });
  const replies = await redis.client
    .pipeline()
    .hset(keys.processes(), fieldOf(report), text)
    .expire(keys.processes(), FORGET_AFTER_SECONDS)
    .expire(keys.processStarts(), FORGET_AFTER_SECONDS)
    .exec();
  for (const [error] of replies ?? []) if (error) throw error;
}

/** A process that ends in order is not shown until its report is too old. */
export async function forgetProcess(redis: RedisStore, identity: ProcessIdentity): Promise<void> {
  await redis.client.hdel(redis.keys.processes(), fieldOf(identity));
}

/** What the processes that are alive last said of themselves, by service and instance. Forgets those that died. */
export async function readProcesses(redis: RedisStore): Promise<ProcessReport[]> {
  const key = redis.keys.processes();
  const [nowMs, fields] = await Promise.all([redisNowMs(redis), redis.client.hgetall(key)]);
  const alive: ProcessReport[] = [];
  const dead: string[] = [];
  for (const [field, text] of Object.entries(fields)) {
    const { reportedAtMs, ...report } = JSON.parse(text) as ProcessReport & { reportedAtMs: number };
    if (nowMs - reportedAtMs <= REPORT_AGE_MAX_MS) alive.push(report);
    else dead.push(field);
  }
  if (dead.length > 0) await redis.client.hdel(key, ...dead);
  return alive.sort(
    (a, b) =>
      a.service.localeCompare(b.service) ||
      a.host.localeCompare(b.host) ||
      a.instance.localeCompare(b.instance, 'en', { numeric: true }) ||
      a.startedAtMs - b.startedAtMs,
  );
}

function fieldOf({ service, host, instance, pid }: ProcessIdentity): string {
  return [service, host, instance, pid].join(':');
}
