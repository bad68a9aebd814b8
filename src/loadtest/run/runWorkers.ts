import { Worker } from 'node:worker_threads';
import type { Outcomes } from '../../domain/wire.js';
import { addEncoded, createHistogram, percentiles, type Histogram, type Percentiles } from '../histogram.js';
import { outcomeNames } from '../../domain/outcomeNames.js';
import { addOutcomes, countOutcomes, noOutcomes, type OutcomeName } from '../outcomes.js';
import { clockMs } from '../worker/clock.js';
import type { SecondTally } from '../worker/createTally.js';
import type { FromWorker, ToldOrder, ToWorker, WorkerLoad, WorkerPlan, Wrongs } from '../worker/messages.js';

/** One second of a run. */
interface RunSecond {
  second: number;
  outcomes: Outcomes;
  latencyMs: Percentiles | null;
}

/** All that the workers measured and were told. */
export interface Gathered {
  outcomes: Outcomes;
  latency: Histogram;
  latencyByOutcome: Partial<Record<OutcomeName, Histogram>>;
  series: RunSecond[];
  codes: Record<string, number>;
  orders: ToldOrder[];
  wrongs: Wrongs;
  unanswered: number;
  firstSentAtMs: number;
  lastAnswerAtMs: number;
  loads: WorkerLoad[];
}

/** What is known while the run goes on. */
export interface LiveFigures {
  outcomes: Outcomes;
  requests: number;
  /** Answers in the last whole second. */
  rps: number;
  latencyMs: Percentiles | null;
}

export interface Workers {
  /** Has the access decisions of all buyers made, and with `tickets` their tickets fetched. */
  warm(options: { tickets: boolean; onProgress: (done: number) => void }): Promise<Warmed>;
  /** Begins, and returns when all is answered or given up. */
  go(): Promise<Gathered>;
  live(): LiveFigures;
  /** Sends nothing more. */
  stop(): void;
  close(): Promise<void>;
}

export interface Warmed {
  ready: number;
  /** Buyers who can have no ticket, by the reason. */
  refused: Record<string, number>;
}

type Done = Extract<FromWorker, { type: 'done' }>;

/** Enough for a message to reach every worker before the start that it names. */
const START_IN_MS = 50;

/** Starts the threads that send, and adds up what they tell. */
export function startWorkers(plans: readonly WorkerPlan[]): Workers {
  const workers = plans.map((plan) => new Worker(new URL('../worker/main.js', import.meta.url), { workerData: plan }));
  const seconds = new Map<number, { outcomes: Outcomes; latencies: string[] }>();
  const total = noOutcomes();
  const latency = createHistogram();

  const takeSeconds = (tallies: readonly SecondTally[]) => {
    for (const { second, outcomes, latency: encoded } of tallies) {
      let kept = seconds.get(second);
      if (kept === undefined) seconds.set(second, (kept = { outcomes: noOutcomes(), latencies: [] }));
      addOutcomes(kept.outcomes, outcomes);
      kept.latencies.push(encoded);
      addOutcomes(total, outcomes);
      addEncoded(latency, encoded);
    }
  };
  const tell = (message: ToWorker) => workers.forEach((worker) => worker.postMessage(message));
  return {
    async warm({ tickets, onProgress }) {
      const done = workers.map(() => 0);
      const waiting = workers.map((worker, index) =>
        untilMessage(worker, 'warmed', (message) => {
          if (message.type !== 'warming') return;
          done[index] = message.done;
          onProgress(done.reduce((sum, count) => sum + count, 0));
        }),
      );
      tell({ type: 'warm', tickets });
      const warmed = await Promise.all(waiting);
      const refused: Record<string, number> = {};
      for (const one of warmed) addCounts(refused, one.refused);
      return { ready: warmed.reduce((sum, { ready }) => sum + ready, 0), refused };
    },
    async go() {
      const waiting = workers.map((worker) =>
        untilMessage(worker, 'done', (message) => {
          if (message.type === 'seconds') takeSeconds(message.seconds);
        }),
      );
      const startAtMs = clockMs() + START_IN_MS;
      tell({ type: 'go', startAtMs });
      const done = await Promise.all(waiting);
      for (const one of done) takeSeconds(one.seconds);
      return gather(done, startAtMs);
    },
    live() {
      const last = Math.max(...seconds.keys());
      const outcomes = seconds.get(last)?.outcomes ?? noOutcomes();
      const rps = countOutcomes(outcomes) - outcomes.error;
      return { outcomes: { ...total }, requests: countOutcomes(total), rps, latencyMs: percentiles(latency) };
    },
    stop: () => tell({ type: 'stop' }),
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };

  function gather(done: readonly Done[], startAtMs: number): Gathered {
    const latencyByOutcome: Partial<Record<OutcomeName, Histogram>> = {};
    const codes: Record<string, number> = {};
    for (const one of done) {
      addCounts(codes, one.codes);
      for (const name of outcomeNames)
        if (one.latencies[name] !== undefined)
          addEncoded((latencyByOutcome[name] ??= createHistogram()), one.latencies[name]);
    }
    return {
      outcomes: { ...total },
      latency,
      latencyByOutcome,
      series: readSeries(),
      codes,
      orders: done.flatMap(({ orders }) => orders),
      wrongs: {
        forgedAccepted: done.reduce((sum, { wrongs }) => sum + wrongs.forgedAccepted, 0),
        sharedAccepted: done.reduce((sum, { wrongs }) => sum + wrongs.sharedAccepted, 0),
        secondOrders: done.flatMap(({ wrongs }) => wrongs.secondOrders),
      },
      unanswered: done.reduce((sum, one) => sum + one.unanswered, 0),
      firstSentAtMs: Math.min(...done.map(({ firstSentAtMs }) => firstSentAtMs ?? Infinity), startAtMs + START_IN_MS),
      lastAnswerAtMs: Math.max(...done.map(({ lastAnswerAtMs }) => lastAnswerAtMs ?? startAtMs)),
      loads: done.map(({ load }) => load),
    };
  }

  /** Every second up to the last one with an answer: one without any belongs to what happened too. */
  function readSeries(): RunSecond[] {
    const last = Math.max(-1, ...seconds.keys());
    return Array.from({ length: last + 1 }, (_, second) => {
      const { outcomes, latencies } = seconds.get(second) ?? { outcomes: noOutcomes(), latencies: [] };
      const histogram = createHistogram();
      for (const encoded of latencies) addEncoded(histogram, encoded);
      return { second, outcomes, latencyMs: percentiles(histogram) };
    });
  }
}

/** Hands every message on until the wanted one has come. @throws what ended the worker before that */
function untilMessage<Type extends FromWorker['type']>(
  worker: Worker,
  type: Type,
  onMessage: (message: FromWorker) => void,
): Promise<Extract<FromWorker, { type: Type }>> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      worker.off('message', take);
      worker.off('error', fail);
      worker.off('exit', end);
    };
    const fail = (error: unknown) => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const end = () => fail(new Error('a worker of the load test ended before it was done'));
    const take = (message: FromWorker) => {
      onMessage(message);
      if (message.type !== type) return;
      settle();
      resolve(message as Extract<FromWorker, { type: Type }>);
    };
    worker.on('message', take);
    worker.once('error', fail);
    worker.once('exit', end);
  });
}

function addCounts(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
}
