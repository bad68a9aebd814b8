import type { Behaviour } from '../behaviours.js';
import type { OutcomeName } from '../outcomes.js';
import type { Arrivals } from './arrivals.js';
import type { SecondTally } from './createTally.js';

/** A buyer as a worker plays it. */
export interface PlayedBuyer {
  userId: string;
  token: string;
  behaviour: Behaviour;
}

/** What a worker is started with. */
export interface WorkerPlan {
  /** This worker's number from 0, and how many there are: of the open model it sends every so many-th arrival. */
  index: number;
  workers: number;
  /** Where the spike routes are asked, and where all others. */
  spikeUrl: string;
  shopUrl: string;
  eventId: string;
  /** Units that one buyer may have. */
  purchaseLimit: number;
  arrivals: Arrivals;
  connections: number;
  answerTimeoutMs: number;
  buyers: readonly PlayedBuyer[];
}

/** An order that a buyer was told of, and what the buyer was told that it became. */
export interface ToldOrder {
  orderId: string;
  userId: string;
  told: 'ordered' | 'paid' | 'cancelled';
}

/** Acceptances that must not be. */
export interface Wrongs {
  /** A ticket that nobody had issued bought something. */
  forgedAccepted: number;
  /** A ticket of another buyer bought something. */
  sharedAccepted: number;
  /** One ticket bought two orders. */
  secondOrders: SecondOrder[];
}

/** An order for a ticket that had bought one before: wrong unless that one has ended, which gives its ticket back. */
interface SecondOrder {
  orderId: string;
  firstOrderId: string;
}

export interface WorkerLoad {
  /** Share of the time in which the event loop was not idle, 0 to 1. */
  utilization: number;
  /** How late the event loop came to things at worst but one in a hundred. */
  lagP99Ms: number;
}

export type FromWorker =
  | { type: 'warming'; done: number }
  | { type: 'warmed'; ready: number; refused: Record<string, number> }
  | { type: 'seconds'; seconds: SecondTally[] }
  | {
      type: 'done';
      seconds: SecondTally[];
      latencies: Partial<Record<OutcomeName, string>>;
      codes: Record<string, number>;
      orders: ToldOrder[];
      wrongs: Wrongs;
      /** Sent, and not answered when the run was ended. */
      unanswered: number;
      firstSentAtMs: number | null;
      lastAnswerAtMs: number | null;
      load: WorkerLoad;
    };

export type ToWorker =
  /** Have decisions made and, with `tickets`, fetch the tickets. */
  | { type: 'warm'; tickets: boolean }
  /** Begin at this time, ms since 1970. */
  | { type: 'go'; startAtMs: number }
  /** Send nothing more, and end. */
  | { type: 'stop' };
