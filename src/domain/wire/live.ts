import type { ErrorCode } from '../errorCatalogue.js';
import type { StaffEventView } from '../wire.js';

/** What `GET /admin/live` sends every second: the whole system at one moment, as far as it could be seen. */

/** An event in a frame. Its fields are those of `GET /admin/spike/:id`; what a store that is away would have to say is null. */
export interface LiveEventView extends Omit<StaffEventView, 'sold'> {
  /** Null while MySQL does not answer: then the title, the window and the limits are those that were last seen. */
  sold: number | null;
}

export interface LiveQueueView {
  name: string;
  /** `orders`: on their way to MySQL. `dead`: those that could not be stored. */
  role: 'orders' | 'dead';
  ready: number;
  /** Null while Redis does not answer: AMQP tells nobody what consumers have in hand. */
  unacked: number | null;
  consumers: number;
  /** How long a consumer has had its oldest message; null when none has one. */
  oldestAgeMs: number | null;
}

/** A process of the order service, as it last said. */
export interface ConsumerView {
  inHand: number;
  oldestAgeMs: number | null;
  /** How long ago it said so. */
  reportAgeMs: number;
}

export interface ProcessView {
  service: string;
  instance: string;
  pid: number;
  host: string;
  startedAt: string;
  version: string;
  /** Share of one core, over the last second. */
  cpu: number;
  memoryBytes: number;
  eventLoopLagP99Ms: number;
  restarts: number;
}

export interface StoreView {
  name: 'mysql' | 'redis' | 'rabbitmq';
  status: 'up' | 'away';
  /** How long it took to answer the smallest question; null when it did not. */
  latencyMs: number | null;
  /** Null until it has said so. */
  version: string | null;
}

export type AlertLevel = 'critical' | 'warning' | 'info';

type AlertCode =
  | 'OVERSOLD'
  | 'STOCK_DOES_NOT_ADD_UP'
  | 'STORE_AWAY'
  | 'NO_CONSUMER'
  | 'DEAD_LETTERS'
  | 'STUCK_RESERVATIONS'
  | 'STOCK_REBUILDING'
  | 'PROCESS_RESTARTED';

/** Something that an operator should look at. */
export interface AlertView {
  level: AlertLevel;
  code: AlertCode;
  text: string;
  /** The event that it is about; null for the system. */
  eventId: string | null;
  /** What to type. */
  next: string;
}

/** One change by staff. */
export interface StaffActionView {
  id: string;
  at: string;
  actor: string;
  action: string;
  targetType: string;
  targetId: string;
  /** What became of it in a few words (`quantity 100 → 150`); null where there is nothing short to say. */
  detail: string | null;
}

/** Of all answers to purchases of the last ten seconds, refusals included, over all processes. */
export interface PurchaseLatencyView {
  p50: number;
  p99: number;
  count: number;
}

export interface LiveFrame {
  /** By the clock of the admin service. */
  at: string;
  /** Rises by one with each frame; another start of the admin service counts anew. */
  sequence: number;
  /** How long until the next one. */
  intervalMs: number;
  /** Those that sell first, at most `EVENTS_MAX`; null when MySQL has not answered yet. */
  events: LiveEventView[] | null;
  /** All events, shown or not. */
  eventsTotal: number | null;
  /** Null while RabbitMQ does not answer. */
  queues: LiveQueueView[] | null;
  /** Null while Redis does not answer. */
  consumers: ConsumerView[] | null;
  /** Null while Redis does not answer. */
  processes: ProcessView[] | null;
  stores: StoreView[];
  /** Null while Redis does not answer, or nobody has bought lately. */
  purchaseLatencyMs: PurchaseLatencyView | null;
  /** The worst first. */
  alerts: AlertView[];
  /** The newest first; null while MySQL does not answer. */
  log: StaffActionView[] | null;
}

/** The last event of the stream, `end`: why it ends. */
export interface StreamEnd {
  code: Extract<ErrorCode, 'TOKEN_EXPIRED' | 'TOKEN_INVALID' | 'SHUTTING_DOWN'>;
}
