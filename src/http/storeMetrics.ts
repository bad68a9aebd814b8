import type { Registry } from 'prom-client';
import { createBoundedLook } from './createBoundedLook.js';
import type { ReadinessChecks } from './health.js';
import { registerLookMetrics } from './lookMetrics.js';

/** Prometheus gives a scrape up after 5 to 10 s, and with it everything else that the process has to tell. */
const LOOK_MS_MAX = 3_000;

interface Probed {
  store: string;
  /** Undefined when it did not answer within the time. */
  answerSeconds: number | undefined;
}

/**
 * Whether this process reaches its stores, asked when the metrics are read, all of them side by side. A store that hangs holds one
 * question of each process, however often Prometheus comes.
 *
 * @param checks a look at each store; also at one without which the service is still ready
 */
export function registerStoreMetrics(registry: Registry, checks: ReadinessChecks, timeoutMs: number): void {
  const probes = Object.entries(checks).map(([store, check]) => {
    const look = createBoundedLook(check, Math.min(timeoutMs, LOOK_MS_MAX));
    return async (): Promise<Probed> => {
      const startedAtMs = performance.now();
      try {
        await look();
        return { store, answerSeconds: (performance.now() - startedAtMs) / 1_000 };
      } catch {
        return { store, answerSeconds: undefined };
      }
    };
  });
  registerLookMetrics(registry, () => Promise.all(probes.map((probe) => probe())), [
    {
      name: 'spike_store_up',
      help: 'Whether the store answers this process: 1 or 0',
      type: 'gauge',
      labels: ['store'],
      samples: (probed) => probed.map(({ store, answerSeconds }) => [{ store }, answerSeconds === undefined ? 0 : 1]),
    },
    {
      name: 'spike_store_answer_seconds',
      help: 'How long the store took to answer the smallest question; not exported while it is away',
      type: 'gauge',
      labels: ['store'],
      samples: (probed) =>
        probed.flatMap(({ store, answerSeconds }) => (answerSeconds === undefined ? [] : [[{ store }, answerSeconds]])),
    },
  ]);
}
