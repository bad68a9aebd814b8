import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { ErrorCode } from '../domain/errorCatalogue.js';
import { LATENCY_BUCKETS, latencyBucket } from '../domain/latencyHistogram.js';

/**
 * Upper bounds in seconds. Fine below 10 ms, where the purchase path lives; coarse above, where an answer is merely late.
 */
const LATENCY_BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What has been answered on one route. `record` costs some tens of nanoseconds: numbers in arrays, no label lookups. */
export interface RouteMetrics {
  record(status: number, latencyMs: number, refusalCode: ErrorCode | undefined): void;
}

export interface Metrics {
  /** Other parts of a service register their own metrics here. */
  registry: Registry;
  ofRoute(method: string, pattern: string): RouteMetrics;
  /** How long the answers of a route took since the process started, in the buckets of `latencyBucket`; a copy. */
  latencies(method: string, pattern: string): Float64Array;
  /** Stops what watches the event loop. */
  close(): void;
}

interface MetricsOptions {
  service: string;
  instance: string;
  version: string;
}

interface RouteCounts {
  method: string;
  route: string;
  byStatus: Map<number, number>;
  byRefusal: Map<ErrorCode, number>;
  /** Per bucket, not cumulative; the last one is beyond all bounds. */
  buckets: Float64Array;
  sumSeconds: number;
  /** In finer buckets, for percentiles. */
  latencies: Float64Array;
}

/**
 * The metrics of one process, in a registry of its own. prom-client's counters and histograms look their labels up on every
 * observation (1 to 3 µs, a tenth of an answer on the purchase path), so the HTTP metrics are counted in plain arrays and
 * turned into prom-client's form when they are read.
 *
 * @param instance tells the processes of one service on one machine apart: each keeps its own counts, and a scrape reaches any of
 *   them. Its label is `process`, because `instance` is what Prometheus calls the address that it reads
 * @param version of the software
 */
export function createMetrics({ service, instance, version }: MetricsOptions): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service, process: instance });
  collectDefaultMetrics({ register: registry });
  registerBuild(registry, version);
  const routes: RouteCounts[] = [];
  registerCounters(registry, routes);
  registerLatency(registry, routes);
  return {
    registry,
    ofRoute: (method, route) => countRoute(routes, method, route),
    latencies(method, pattern) {
      const counts = routes.find((one) => one.method === method && one.route === pattern);
      return counts?.latencies.slice() ?? new Float64Array(LATENCY_BUCKETS);
    },
    close: () => registry.clear(),
  };
}

function registerBuild(registry: Registry, version: string): void {
  const build = new Gauge({
    name: 'spike_build_info',
    help: 'Which version runs here; the value is 1',
    labelNames: ['version'],
    registers: [registry],
  });
  build.set({ version }, 1);
}

/** A gauge whose value is asked for when the metrics are read. */
export function registerGauge(registry: Registry, name: string, help: string, value: () => number): void {
  registry.registerMetric(
    new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(value());
      },
    }),
  );
}

function countRoute(routes: RouteCounts[], method: string, route: string): RouteMetrics {
  const counts: RouteCounts = {
    method,
    route,
    byStatus: new Map(),
    byRefusal: new Map(),
    buckets: new Float64Array(LATENCY_BUCKETS_SECONDS.length + 1),
    sumSeconds: 0,
    latencies: new Float64Array(LATENCY_BUCKETS),
  };
  routes.push(counts);
  return {
    record(status, latencyMs, refusalCode) {
      const seconds = latencyMs / 1_000;
      let bucket = 0;
      while (bucket < LATENCY_BUCKETS_SECONDS.length && seconds > LATENCY_BUCKETS_SECONDS[bucket]!) bucket += 1;
      counts.buckets[bucket]! += 1;
      counts.sumSeconds += seconds;
      counts.latencies[latencyBucket(latencyMs)]! += 1;
      counts.byStatus.set(status, (counts.byStatus.get(status) ?? 0) + 1);
      if (refusalCode !== undefined) counts.byRefusal.set(refusalCode, (counts.byRefusal.get(refusalCode) ?? 0) + 1);
    },
  };
}

function registerCounters(registry: Registry, routes: readonly RouteCounts[]): void {
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Answers by route and HTTP status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
    collect() {
      requests.reset();
      for (const { method, route, byStatus } of routes)
        for (const [status, count] of byStatus) requests.inc({ method, route, status: String(status) }, count);
    },
  });
  const refusals = new Counter({
    name: 'http_refusals_total',
    help: 'Refusals by route and code of the error catalogue',
    labelNames: ['method', 'route', 'code'],
    registers: [registry],
    collect() {
      refusals.reset();
      for (const { method, route, byRefusal } of routes)
        for (const [code, count] of byRefusal) refusals.inc({ method, route, code }, count);
    },
  });
}

/** A histogram in the form the registry asks of its metrics (`get`), fed from our own counts. */
function registerLatency(registry: Registry, routes: readonly RouteCounts[]): void {
  const name = 'http_request_duration_seconds';
  const latency = {
    name,
    get: () =>
      Promise.resolve({
        name,
        help: 'Time from the request line to the answer',
        type: 'histogram',
        aggregator: 'sum',
        values: routes.flatMap((counts) => histogramLines(name, counts)),
      }),
  };
  registry.registerMetric(latency as unknown as Counter);
}

function histogramLines(name: string, { method, route, buckets, sumSeconds }: RouteCounts) {
  let total = 0;
  const lines = Array.from(buckets, (count, index) => {
    total += count;
    const le = index < LATENCY_BUCKETS_SECONDS.length ? String(LATENCY_BUCKETS_SECONDS[index]) : '+Inf';
    return { metricName: `${name}_bucket`, labels: { method, route, le }, value: total };
  });
  if (total === 0) return [];
  return [
    ...lines,
    { metricName: `${name}_sum`, labels: { method, route }, value: sumSeconds },
    { metricName: `${name}_count`, labels: { method, route }, value: total },
  ];
}
