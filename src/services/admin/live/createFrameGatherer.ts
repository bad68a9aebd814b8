import { createAlertJudge } from '../../../domain/createAlertJudge.js';
import { eventLimitNames, type LimitName } from '../../../domain/limits.js';
import type { EventLimits } from '../../../domain/saleEvent.js';
import type { LiveEventView, LiveFrame } from '../../../domain/wire/live.js';
import { listAuditRecords } from '../../../stores/mysql/auditLog.js';
import { listLiveSaleEvents } from '../../../stores/mysql/saleEvents.js';
import type { QueueReader } from '../../../stores/rabbitmq/createQueueReader.js';
import type { LiveLimits } from '../../../stores/redis/limits.js';
import { readProcesses } from '../../../stores/redis/processes.js';
import type { AdminStores } from '../adminStores.js';
import { createBoundedLook } from '../../../http/createBoundedLook.js';
import { createLookAtEvents, viewWithoutRedis, type EventsSeen } from './lookAtEvents.js';
import { lookAtConsumers, viewQueues } from './lookAtQueues.js';
import { createStoreProbes } from './createStoreProbes.js';
import { viewAction, viewLatency, viewProcess } from './presenters.js';

/** Events in a frame: more than any screen shows, and about 25 kB. */
export const FRAME_EVENTS_MAX = 20;
const ACTIONS_MAX = 20;
export const FRAME_INTERVAL_MS = 1_000;
/** A store that takes longer is away for this frame, so that the frame is still one of this second. */
const LOOK_TIMEOUT_MS = 800;

export interface GathererOptions {
  stores: AdminStores;
  queues: QueueReader;
  limits: LiveLimits<LimitName>;
  stuckAfterSeconds: number;
  eventsMax: number;
  /** Reservations are looked through for stuck ones in every so many frames. */
  stuckLookFrames: number;
}

/** A frame, and what was found out for its alerts. */
export interface Gathered {
  frame: LiveFrame;
  /** Whether Redis said how its events are; else nothing is known of the two below. */
  isRedisSeen: boolean;
  rebuilding: ReadonlySet<string>;
  /** Event id → reservations that have been pending for too long; not those of an event that has too many to look through. */
  stuck: ReadonlyMap<string, number>;
}

/**
 * Gathers frame after frame, each with its alerts; those of a row are judged together, so it has to be asked by one caller at its
 * pace. Looks at all stores at once. What a store that is away would say is null; nothing that it said before takes its place,
 * but for what an event is (title, window, limits), so that its stock in Redis can still be seen while MySQL is away.
 */
export function createFrameGatherer(options: GathererOptions): () => Promise<Gathered> {
  const { stores, queues, limits, eventsMax } = options;
  const { sequelize, redis } = stores;
  const bounded = <T>(look: () => Promise<T>) => createBoundedLook(look, LOOK_TIMEOUT_MS);
  const lookAtEvents = createLookAtEvents(redis, options);
  const judge = createAlertJudge();
  const probeStores = createStoreProbes(stores, queues, bounded);
  const readMysql = bounded(async () => {
    const { events, total } = await listLiveSaleEvents(sequelize, eventsMax);
    return { events, total, actions: await listAuditRecords(sequelize, { limit: ACTIONS_MAX }) };
  });
  let known: Awaited<ReturnType<typeof readMysql>> | undefined;
  const seeEvents = bounded(async () => lookAtEvents(known?.events ?? [], defaults()));
  const seeProcesses = bounded(() => readProcesses(redis));
  const seeConsumers = bounded(() => lookAtConsumers(redis));
  const readQueues = bounded(() => queues.read());
  let sequence = 0;

  return async function gather(): Promise<Gathered> {
    const nowMs = Date.now();
    const [mysql, processes, consumers, depths, probed] = await Promise.all([
      orUndefined(readMysql()),
      orUndefined(seeProcesses()),
      orUndefined(seeConsumers()),
      orUndefined(readQueues()),
      probeStores(),
    ]);
    if (mysql !== undefined) known = mysql;
    const seen = await orUndefined(seeEvents());
    const frame = {
      at: new Date(nowMs).toISOString(),
      sequence: (sequence += 1),
      intervalMs: FRAME_INTERVAL_MS,
      events: viewEvents(seen, mysql !== undefined),
      eventsTotal: known?.total ?? null,
      queues: depths === undefined ? null : viewQueues(depths, consumers),
      consumers: consumers ?? null,
      processes: processes?.map(viewProcess) ?? null,
      stores: probed,
      purchaseLatencyMs: processes === undefined ? null : viewLatency(processes),
      log: mysql?.actions.map(viewAction) ?? null,
    };
    const { stuck = new Map<string, number>(), rebuilding = new Set<string>() } = seen ?? {};
    const alerts = judge({ ...frame, nowMs, stuck, rebuilding });
    return { frame: { ...frame, alerts }, isRedisSeen: seen !== undefined, stuck, rebuilding };
  };

  function viewEvents(seen: EventsSeen | undefined, isFresh: boolean): LiveEventView[] | null {
    if (known === undefined) return null;
    const views = seen?.views ?? viewWithoutRedis(known.events, defaults());
    return isFresh ? views : views.map((view) => ({ ...view, sold: null }));
  }

  function defaults(): EventLimits {
    const current = limits.current();
    return Object.fromEntries(eventLimitNames.map((name) => [name, current[name]])) as unknown as EventLimits;
  }
}

/** What fails is a store that is away; the probes say which. */
async function orUndefined<T>(looked: Promise<T>): Promise<T | undefined> {
  try {
    return await looked;
  } catch {
    return undefined;
  }
}
