import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceRefusal, ServiceUnreachable } from '../../client/errors.js';
import type { StaffEventView } from '../../domain/wire.js';
import { CliError, exitCodes } from '../errors.js';

export const watchGoals = ['sold-out', 'ended', 'closed', 'drained'] as const;
export type WatchGoal = (typeof watchGoals)[number];

/** What was seen at one moment. */
interface WatchSample {
  at: string;
  state: StaffEventView['state'];
  available: number | null;
  pending: number | null;
  sold: number;
}

export interface WatchOptions {
  /** Undefined: until the sale is over and nothing of it is on its way any more. */
  goal: WatchGoal | undefined;
  intervalMs: number;
  /** Undefined: for ever. */
  timeoutMs: number | undefined;
  signal: AbortSignal;
  /** Told of every look at the event. */
  onEvent(event: StaffEventView): void;
  /** Told what happens beside it: that nobody answers, and that somebody does again. */
  say(text: string): void;
}

export interface Watched {
  event: StaffEventView;
  /** What was seen, whenever it was another than before. */
  samples: WatchSample[];
}

/** Restarts, reloads and failovers are over by then; what is away longer needs somebody. */
const OUTAGE_MAX_MS = 60_000;
/** Some hours of a sale in which something changes every second; then the oldest are forgotten. */
const SAMPLES_MAX = 20_000;

/**
 * Looks at an event again and again until its goal has come or the time is over. A service that does not answer for a while is
 * waited for, once it has answered before.
 *
 * @throws CliError TIMED_OUT when the goal has not come in time, GOAL_MISSED when it cannot come any more
 */
export async function watchEvent(look: () => Promise<StaffEventView>, options: WatchOptions): Promise<Watched> {
  const { goal, intervalMs, timeoutMs = Number.POSITIVE_INFINITY, signal, onEvent } = options;
  const startedAtMs = performance.now();
  const patient = createPatientLook(look, options);
  const samples: WatchSample[] = [];
  let event = await look();
  for (;;) {
    onEvent(event);
    remember(samples, event);
    if (goal === undefined ? isOver(event) : hasCome(goal, event)) return { event, samples };
    assertCanCome(goal, event);
    const leftMs = timeoutMs - (performance.now() - startedAtMs);
    if (leftMs <= intervalMs) {
      await sleep(Math.max(0, leftMs), undefined, { signal });
      if (goal === undefined) return { event, samples };
      throw timedOut(goal, event, timeoutMs);
    }
    await sleep(intervalMs, undefined, { signal });
    event = (await patient()) ?? event;
  }
}

/** A watch may outlive the token that it began with: from then on it looks with the one that is kept by then. */
export function outliveToken<T>(look: () => Promise<T>, lookAnew: () => Promise<T>): () => Promise<T> {
  let hasExpired = false;
  return async () => {
    if (hasExpired) return lookAnew();
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof ServiceRefusal) || error.code !== 'TOKEN_EXPIRED') throw error;
      hasExpired = true;
      return lookAnew();
    }
  };
}

/** Gives undefined while nobody answers. */
function createPatientLook(
  look: () => Promise<StaffEventView>,
  { say }: Pick<WatchOptions, 'say'>,
): () => Promise<StaffEventView | undefined> {
  let awaySinceMs: number | undefined;
  return async () => {
    try {
      const event = await look();
      if (awaySinceMs !== undefined) say('The admin service answers again.');
      awaySinceMs = undefined;
      return event;
    } catch (error) {
      if (!isOutage(error)) throw error;
      if (awaySinceMs === undefined) say(`${error.message}; trying again …`);
      awaySinceMs ??= performance.now();
      if (performance.now() - awaySinceMs > OUTAGE_MAX_MS) throw error;
      return undefined;
    }
  };
}

function isOutage(error: unknown): error is Error {
  return error instanceof ServiceUnreachable || (error instanceof ServiceRefusal && error.status >= 500);
}

function isOver({ state, pending }: StaffEventView): boolean {
  return (state === 'ended' || state === 'closed') && pending === 0;
}

function hasCome(goal: WatchGoal, { state, available, pending }: StaffEventView): boolean {
  switch (goal) {
    case 'sold-out':
      return available === 0;
    case 'ended':
      return state === 'ended' || state === 'closed';
    case 'closed':
      return state === 'closed';
    case 'drained':
      return pending === 0;
  }
}

function assertCanCome(goal: WatchGoal | undefined, { id, state, available }: StaffEventView): void {
  const hasEnded = state === 'ended' || state === 'closed';
  if (goal !== 'sold-out' || !hasEnded || available === null) return;
  throw new CliError('GOAL_MISSED', `Event ${id} is ${state} and was not sold out: ${available} units are left.`, {
    suggestions: [`spikectl event show ${id}`],
  });
}

function timedOut(goal: WatchGoal, { id, state, available, pending }: StaffEventView, timeoutMs: number): CliError {
  const now = `it is ${state}, ${available ?? 'unknown'} available, ${pending ?? 'unknown'} pending`;
  return new CliError('TIMED_OUT', `Event ${id} was not ${goal} within ${timeoutMs / 1_000} s: ${now}.`, {
    exit: exitCodes.timedOut,
    suggestions: [`spikectl event watch ${id} --until ${goal}`],
  });
}

function remember(samples: WatchSample[], { state, available, pending, sold }: StaffEventView): void {
  const last = samples.at(-1);
  const isSame =
    last?.state === state && last.available === available && last.pending === pending && last.sold === sold;
  if (isSame) return;
  samples.push({ at: new Date().toISOString(), state, available, pending, sold });
  if (samples.length > SAMPLES_MAX) samples.shift();
}
