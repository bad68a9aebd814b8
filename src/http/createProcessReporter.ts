import { monitorEventLoopDelay } from 'node:perf_hooks';
import { LATENCY_BUCKETS, sparseCounts } from '../domain/latencyHistogram.js';
import type { RedisStore } from '../stores/redis/connectRedis.js';
import { countStart, forgetProcess, reportProcess, type ProcessIdentity } from '../stores/redis/processes.js';
import type { Log } from './createLog.js';

const REPORT_INTERVAL_MS = 1_000;
/** Purchases of this many reports together make the percentiles: the last ten seconds. */
const LATENCY_REPORTS = 10;
/** How often the event loop is looked at: 50 times a second costs it nothing that could be measured. */
const LAG_RESOLUTION_MS = 20;

export interface ProcessReporterOptions {
  redis: RedisStore;
  log: Log;
  service: string;
  instance: string;
  host: string;
  version: string;
  /** How often this process was started before, from whoever starts it; undefined when nobody says: then starts are counted. */
  restarts: number | undefined;
  /** Purchases by latency since the start, for a process that sells. */
  purchaseLatencies?: (() => Float64Array) | undefined;
}

export interface ProcessReporter {
  stop(): Promise<void>;
}

/**
 * Has this process say every second, in Redis, how it does; `GET /admin/live` shows it. It is a courtesy: a Redis that is away or
 * slow changes nothing for the process, which says it again a second later.
 */
export function createProcessReporter(options: ProcessReporterOptions): ProcessReporter {
  const { redis, log, service, instance, host, version } = options;
  const identity: ProcessIdentity = { service, instance, host, pid: process.pid };
  const startedAtMs = Math.round(Date.now() - process.uptime() * 1_000);
  const usage = createUsageMeter();
  const recent = options.purchaseLatencies && createRecentCounts(options.purchaseLatencies);
  let { restarts } = options;
  let reporting: Promise<void> | undefined;

  const report = async () => {
    restarts ??= (await countStart(redis, identity)) - 1;
    await reportProcess(redis, {
      ...identity,
      startedAtMs,
      version,
      restarts,
      ...usage.read(),
      ...(recent === undefined ? {} : { purchaseLatency: sparseCounts(recent.read()) }),
    });
  };
  const tick = () => {
    reporting ??= report()
      .catch((error: unknown) => log.trace({ err: error }, 'this process could not be reported'))
      .finally(() => {
        reporting = undefined;
      });
  };
  const timer = setInterval(tick, REPORT_INTERVAL_MS);
  timer.unref();
  tick();

  return {
    async stop() {
      clearInterval(timer);
      usage.close();
      await reporting;
      await forgetProcess(redis, identity).catch((error: unknown) =>
        log.debug({ err: error }, 'the report of this process ages out by itself'),
      );
    },
  };
}

/** What the process used since it was asked before. */
function createUsageMeter() {
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();
  let before = { cpu: process.cpuUsage(), atMs: performance.now() };
  return {
    read() {
      const { user, system } = process.cpuUsage(before.cpu);
      const elapsedMs = Math.max(1, performance.now() - before.atMs);
      before = { cpu: process.cpuUsage(), atMs: performance.now() };
      const p99Ms = lag.percentile(99) / 1e6;
      lag.reset();
      return {
        cpu: round((user + system) / 1_000 / elapsedMs, 3),
        memoryBytes: process.memoryUsage.rss(),
        // What is measured is the time between two looks; only what is beyond it is lag.
        eventLoopLagP99Ms: round(Math.max(0, p99Ms - LAG_RESOLUTION_MS), 1),
      };
    },
    close: () => lag.disable(),
  };
}

/** The difference between counts that only grow now and as many reports ago; nothing is done when something is counted. */
function createRecentCounts(read: () => Float64Array) {
  const past: Float64Array[] = [new Float64Array(LATENCY_BUCKETS)];
  return {
    read(): Float64Array {
      const now = read();
      const first = past[0]!;
      past.push(now);
      if (past.length > LATENCY_REPORTS) past.shift();
      return now.map((count, bucket) => count - first[bucket]!);
    },
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
