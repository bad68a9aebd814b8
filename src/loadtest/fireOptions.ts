import type { StaffClient } from '../client/createStaffClient.js';
import type { FirePlan, MachineFacts } from './report.js';
import type { LoadPlan } from './run/planWorkers.js';
import type { LiveFigures } from './run/runWorkers.js';
import type { Threshold } from './thresholds.js';

export interface FireOptions {
  staff: StaffClient;
  load: LoadPlan;
  plan: FirePlan;
  users: number;
  /** The closed model ends after this long, too; undefined for no end but the last request. */
  stopAfterMs: number | undefined;
  /** Wait for an event that has not started. */
  wait: boolean;
  convergeWithinMs: number;
  thresholds: readonly Threshold[];
  facts: Pick<MachineFacts, 'spikectl' | 'stores'>;
  /** Aborted at Ctrl-C: the run ends, and is reported. */
  signal: AbortSignal;
  screen: FireScreen;
}

/** Who fires sees what it is at. */
export interface FireScreen {
  /** What comes next, and what there was to say of it. */
  say(text: string): void;
  warn(text: string): void;
  progress(done: number, total: number, what: string): void;
  live(figures: LiveFigures, elapsedMs: number): void;
  /** The measured part begins: from here on an interrupt still ends with a report. */
  begun(): void;
  /** Takes down what `progress` and `live` have drawn. */
  end(): void;
}
