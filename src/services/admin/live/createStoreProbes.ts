import type { StoreView } from '../../../domain/wire/live.js';
import { readVersion } from '../../../stores/mysql/readVersion.js';
import type { QueueReader } from '../../../stores/rabbitmq/createQueueReader.js';
import type { AdminStores } from '../adminStores.js';
import type { BoundedLook } from '../../../http/createBoundedLook.js';

type Bounded = <T>(look: () => Promise<T>) => BoundedLook<T>;

/** Asks each store the smallest question there is, and times its answer. */
export function createStoreProbes(
  { sequelize, redis }: AdminStores,
  queues: QueueReader,
  bounded: Bounded,
): () => Promise<StoreView[]> {
  const probes = [
    createProbe('mysql', bounded, () => readVersion(sequelize)),
    createProbe('redis', bounded, async (known) => {
      if (known !== undefined) return void (await redis.client.ping());
      return /redis_version:(\S+)/.exec(await redis.client.info('server'))?.[1];
    }),
    createProbe('rabbitmq', bounded, () => queues.ping()),
  ];
  return () => Promise.all(probes.map((probe) => probe()));
}

/** @param ask answers the version where the store says it; `known` is what it said before */
function createProbe(
  name: StoreView['name'],
  bounded: Bounded,
  ask: (known: string | undefined) => Promise<string | undefined>,
): () => Promise<StoreView> {
  let version: string | undefined;
  const look = bounded(async () => {
    const startedAtMs = performance.now();
    version = (await ask(version)) ?? version;
    return Number((performance.now() - startedAtMs).toFixed(1));
  });
  return async () => {
    try {
      const latencyMs = await look();
      return { name, status: 'up', latencyMs, version: version ?? null };
    } catch {
      // Another version may come back.
      version = undefined;
      return { name, status: 'away', latencyMs: null, version: null };
    }
  };
}
