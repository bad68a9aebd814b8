import type { Outcomes } from '../../domain/wire.js';
import { createHistogram, encode, record, type Histogram } from '../histogram.js';
import { outcomeNames } from '../../domain/outcomeNames.js';
import { countOutcomes, noOutcomes, type OutcomeName } from '../outcomes.js';

/** The answers of one second, as they travel to the main thread. */
export interface SecondTally {
  /** Seconds since the start of the run. */
  second: number;
  outcomes: Outcomes;
  /** An encoded histogram of all of them. */
  latency: string;
}

export interface Tally {
  note(answer: { outcome: OutcomeName; code: string; latencyMs: number; answeredAtMs: number }): void;
  /** The seconds that are over since the last time, and with `all` the present one. */
  takeSeconds(nowMs: number, all?: boolean): SecondTally[];
  /** Encoded histograms by outcome; those without an answer are missing. */
  latencies(): Partial<Record<OutcomeName, string>>;
  /** How often each code of a refusal or an error came. */
  codes(): Record<string, number>;
}

/**
 * Counts answers by the second in which they came. One second is open at a time; those before it are kept encoded, at about a
 * kilobyte each, until they are taken.
 *
 * @param startAtMs from which seconds count, on the clock of `answeredAtMs`
 */
export function createTally(startAtMs: number): Tally {
  const byOutcome = new Map<OutcomeName, Histogram>();
  const codes = new Map<string, number>();
  const histogram = createHistogram();
  let outcomes = noOutcomes();
  let open = 0;
  let done: SecondTally[] = [];

  const closeSecond = (next: number) => {
    if (countOutcomes(outcomes) > 0) {
      done.push({ second: open, outcomes, latency: encode(histogram) });
      histogram.reset();
      outcomes = noOutcomes();
    }
    open = next;
  };
  const advance = (nowMs: number) => {
    const second = Math.max(0, Math.floor((nowMs - startAtMs) / 1_000));
    if (second > open) closeSecond(second);
  };
  return {
    note({ outcome, code, latencyMs, answeredAtMs }) {
      advance(answeredAtMs);
      outcomes[outcome] += 1;
      record(histogram, latencyMs);
      let own = byOutcome.get(outcome);
      if (own === undefined) byOutcome.set(outcome, (own = createHistogram()));
      record(own, latencyMs);
      if (code !== '') codes.set(code, (codes.get(code) ?? 0) + 1);
    },
    takeSeconds(nowMs, all = false) {
      advance(nowMs);
      if (all) closeSecond(open + 1);
      const taken = done;
      done = [];
      return taken;
    },
    latencies: () =>
      Object.fromEntries(
        outcomeNames.flatMap((name) => (byOutcome.has(name) ? [[name, encode(byOutcome.get(name)!)]] : [])),
      ),
    codes: () => Object.fromEntries(codes),
  };
}
