import type { EventAudit, Outcomes } from '../domain/wire.js';
import type { Percentiles } from './histogram.js';
import type { OutcomeName } from './outcomes.js';
import type { CorrectnessMetric, JudgedThreshold } from './thresholds.js';
import type { Mix } from './behaviours.js';

/** What a run of `fire` came to. Times in ms, rates per second; null is what was not measured. */
export interface FireReport {
  /** `soldBefore`: units that were sold before the run. */
  event: { id: string; title: string; quantity: number; purchaseLimit: number; soldBefore: number };
  /** Where the purchases were sent. */
  url: string;
  startedAt: string;
  /** From the first request to the last answer. */
  seconds: number;
  plan: FirePlan;
  users: number;
  /** Answered purchases, of whatever kind. */
  requests: number;
  outcomes: Outcomes;
  /** How often each code of a refusal or an error came. */
  codes: Record<string, number>;
  /** Sent, and not answered when the run ended. */
  unanswered: number;
  /** Answers a second that are a sale's; errors are none. */
  rps: number;
  latencyMs: Percentiles | null;
  latencyMsByOutcome: Partial<Record<OutcomeName, Percentiles>>;
  /** The curve of the plot: latencies by percentile, of all answers. */
  latencyCurve: { percentile: number; ms: number }[];
  series: ReportSecond[];
  durable: Durable;
  /** By id, at most VIOLATIONS_MAX of each kind. */
  violations: Record<CorrectnessMetric, string[]>;
  /** Null when it could not be asked. */
  audit: EventAudit | null;
  thresholds: JudgedThreshold[];
  machine: MachineFacts;
  tool: ToolFacts;
  /** Ended by Ctrl-C. */
  interrupted: boolean;
  ok: boolean;
}

export interface FirePlan {
  model: 'closed' | 'open';
  /** Closed model. */
  requestsPerUser: number | null;
  /** Open model. */
  ratePerSecond: number | null;
  durationSeconds: number | null;
  rampSeconds: number;
  connections: number;
  workers: number;
  behaviours: Mix;
}

interface ReportSecond {
  second: number;
  outcomes: Outcomes;
  latencyMs: Percentiles | null;
  /** Units in stored orders of the event at the end of this second; null where nobody looked. */
  sold: number | null;
}

export interface Durable {
  /** Accepted orders of this run that MySQL has. */
  orders: number;
  /** From the first request until the last of them was stored. */
  ordersPerSecond: number;
  /** From the last answer until MySQL had all accepted orders; null when it had not in time. */
  convergeMs: number | null;
}

export interface MachineFacts {
  cores: number;
  processor: string;
  memoryBytes: number;
  platform: string;
  node: string;
  spikectl: string;
  /** The stores that run on this machine; empty when the deployment is elsewhere. */
  stores: { name: string; url: string | null; version: string | null }[];
}

export interface ToolFacts {
  /** Processor time of the tool while it sent, in percent of one core. */
  cpuPercent: number;
  workers: { utilization: number; lagP99Ms: number }[];
  toolIsBottleneck: boolean;
  /** What that means for the figures, as a sentence; null when it was not. */
  note: string | null;
}
