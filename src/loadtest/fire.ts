import { setTimeout as sleep } from 'node:timers/promises';
import type { StaffClient } from '../client/createStaffClient.js';
import { ServiceRefusal } from '../client/errors.js';
import type { EventAudit, StaffEventView } from '../domain/wire.js';
import { badFire, FireError } from './fireError.js';
import { at, percentiles } from './histogram.js';
import { countOutcomes, outcomeNames } from './outcomes.js';
import type { Durable, FirePlan, FireReport, MachineFacts } from './report.js';
import { converge } from './run/converge.js';
import { isOutage } from './run/isOutage.js';
import { findViolations, type Violations } from './run/findViolations.js';
import { machineFacts } from './run/machineFacts.js';
import { makeBuyers } from './run/makeBuyers.js';
import { planWorkers, type LoadPlan } from './run/planWorkers.js';
import { startWorkers, type Gathered, type LiveFigures, type Warmed, type Workers } from './run/runWorkers.js';
import { judgeTool } from './run/toolFacts.js';
import { watchSold, type SoldWatch } from './run/watchSold.js';
import { correctnessMetrics, judgeThreshold, type Figures, type Threshold } from './thresholds.js';

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

const LIVE_EVERY_MS = 250;
/** A cached decision lives 30 s; what is decided this long before the start still holds then. */
const WARM_BEFORE_START_MS = 10_000;
/** After Ctrl-C nobody wants to wait long. */
const CONVERGE_STOPPED_MS = 3_000;
const VIOLATIONS_MAX = 100;
const CURVE_PERCENTILES = [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99, 99.999, 100];

/** Fires at a sale event and judges what came of it. */
export async function fire(options: FireOptions): Promise<FireReport> {
  const { staff, load, users, signal, screen } = options;
  const event = await findEvent(staff, load.eventId);
  assertFireable(event, options.wait);
  screen.say(`Making or finding ${users} test buyers …`);
  const { buyers, made } = await makeBuyers(staff, users, {
    signal,
    onProgress: (done) => screen.progress(done, users, 'test buyers'),
  });
  screen.say(`${users} test buyers are logged in, ${made} of them new.`);
  const workers = startWorkers(planWorkers(load, event, buyers));
  let sold: SoldWatch | undefined;
  signal.addEventListener('abort', () => workers.stop(), { once: true });
  try {
    await prepare(workers, event, options);
    sold = watchSold(staff, event.id);
    screen.begun();
    const cpuBefore = process.cpuUsage();
    const startedAt = new Date();
    const gathered = await shoot(workers, options);
    const { user, system } = process.cpuUsage(cpuBefore);
    const cpuPercent = (user + system) / 10 / Math.max(1, Date.now() - startedAt.getTime());
    return await judge({ options, event, gathered, sold, startedAt, cpuPercent });
  } finally {
    sold?.stop();
    screen.end();
    await workers.close();
  }
}

async function findEvent(staff: StaffClient, eventId: string): Promise<StaffEventView> {
  try {
    return (await staff.showEvent(eventId)).event;
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.code !== 'NOT_FOUND') throw error;
    const suggestions = ['spikectl event list'];
    throw new FireError('NOT_FOUND', `There is no event ${eventId}.`, { exit: 2, suggestions });
  }
}

function assertFireable({ id, state, startsAt }: StaffEventView, wait: boolean): void {
  if (state === 'open' || (state === 'scheduled' && wait)) return;
  if (state === 'scheduled') throw badFire(`Event ${id} starts at ${startsAt}.`, 'Pass --wait to wait for it.');
  if (state === 'paused') throw badFire(`Event ${id} is paused.`, `spikectl event resume ${id}`);
  throw badFire(`Event ${id} is ${state}.`, 'spikectl event create', 'spikectl event list');
}

/** Decisions, the start, and tickets: all that a buyer has before the purchase, and none of it measured. */
async function prepare(workers: Workers, event: StaffEventView, { users, signal, screen }: FireOptions): Promise<void> {
  const onProgress = (done: number) => screen.progress(done, users, 'buyers warmed');
  if (event.state === 'scheduled') {
    const startsAtMs = Date.parse(event.startsAt);
    screen.say(`Waiting for event ${event.id}, which starts at ${event.startsAt}.`);
    await sleep(Math.max(0, startsAtMs - Date.now() - WARM_BEFORE_START_MS), undefined, { signal });
    await workers.warm({ tickets: false, onProgress });
    await sleep(Math.max(0, startsAtMs - Date.now()), undefined, { signal });
  }
  screen.say('Fetching their tickets …');
  sayWarmed(await workers.warm({ tickets: true, onProgress }), users, screen);
  signal.throwIfAborted();
}

function sayWarmed({ ready, refused }: Warmed, users: number, screen: FireScreen): void {
  const reasons = Object.entries(refused).map(([reason, count]) => `${count} × ${reason}`);
  if (ready === 0)
    throw new FireError('NO_TICKETS', `No buyer gets a ticket: ${reasons.join(', ')}.`, {
      suggestions: ["Test buyers were born on 1990-01-01 and are employed: does the event's rule let them buy?"],
    });
  if (ready < users)
    screen.warn(`${users - ready} of ${users} buyers get no ticket and send nothing: ${reasons.join(', ')}.`);
  screen.say(`${ready} buyers have tickets.`);
}

async function shoot(workers: Workers, { stopAfterMs, screen }: FireOptions): Promise<Gathered> {
  const startedAtMs = performance.now();
  const drawing = setInterval(() => screen.live(workers.live(), performance.now() - startedAtMs), LIVE_EVERY_MS);
  const stopping = stopAfterMs === undefined ? undefined : setTimeout(() => workers.stop(), stopAfterMs);
  try {
    return await workers.go();
  } finally {
    clearInterval(drawing);
    clearTimeout(stopping);
    screen.end();
  }
}

interface Ended {
  options: FireOptions;
  event: StaffEventView;
  gathered: Gathered;
  sold: SoldWatch;
  startedAt: Date;
  cpuPercent: number;
}

async function judge({ options, event, gathered, sold, startedAt, cpuPercent }: Ended): Promise<FireReport> {
  const { staff, load, plan, users, signal, screen } = options;
  const { outcomes, orders, wrongs, codes, unanswered, firstSentAtMs, lastAnswerAtMs } = gathered;
  const interrupted = signal.aborted;
  screen.say(`${orders.length} orders were accepted; waiting until MySQL has them …`);
  const orderIds = orders.map(({ orderId }) => orderId);
  const { convergeMs, found } = await converge({
    staff,
    eventId: event.id,
    orderIds,
    lastAnswerAtMs,
    withinMs: interrupted ? CONVERGE_STOPPED_MS : options.convergeWithinMs,
  });
  // The quantity may have been raised while it was fired at.
  const now = (await staff.showEvent(event.id)).event;
  const audit = await auditOf(options, event.id);
  const all = findViolations({ event: now, orders, wrongs, found, audit });
  const seconds = Math.max(0.001, (lastAnswerAtMs - firstSentAtMs) / 1_000);
  const requests = countOutcomes(outcomes);
  const stored = new Set(orderIds.filter((id) => (found.get(id)?.state ?? 'pending') !== 'pending')).size;
  const durable = durableOf(stored, convergeMs, gathered, sold);
  const report: Omit<FireReport, 'thresholds' | 'ok'> = {
    event: {
      id: now.id,
      title: now.title,
      quantity: now.quantity,
      purchaseLimit: now.purchaseLimit,
      soldBefore: event.sold,
    },
    url: load.spikeUrl,
    startedAt: startedAt.toISOString(),
    seconds: round(seconds),
    plan,
    users,
    requests,
    outcomes,
    codes,
    unanswered,
    rps: round((requests - outcomes.error) / seconds),
    latencyMs: percentiles(gathered.latency),
    latencyMsByOutcome: Object.fromEntries(
      outcomeNames.flatMap((name) => {
        const own = gathered.latencyByOutcome[name];
        return own === undefined ? [] : [[name, percentiles(own)]];
      }),
    ),
    latencyCurve:
      requests === 0
        ? []
        : CURVE_PERCENTILES.map((percentile) => ({ percentile, ms: at(gathered.latency, percentile) })),
    series: gathered.series.map((second) => ({ ...second, sold: sold.at((second.second + 1) * 1_000) })),
    durable,
    violations: shorten(all),
    audit,
    machine: machineFacts(options.facts),
    tool: judgeTool(gathered.loads, percentiles(gathered.latency), cpuPercent),
    interrupted,
  };
  const figures = figuresOf(report, all);
  const thresholds = options.thresholds.map((threshold) => judgeThreshold(threshold, figures));
  return { ...report, thresholds, ok: thresholds.every(({ ok }) => ok) };
}

/** Null when nobody answers: the run is reported all the same, and has a threshold that is missed. */
async function auditOf({ staff, screen }: FireOptions, eventId: string): Promise<EventAudit | null> {
  try {
    return (await staff.audit(eventId)).events[0] ?? null;
  } catch (error) {
    if (!isOutage(error)) throw error;
    screen.warn(`The audit could not be asked: ${error.message}.`);
    return null;
  }
}

/** The orders were stored by the time of the last rise, if nobody else bought; else when the stores came to rest. */
function durableOf(
  orders: number,
  convergeMs: number | null,
  { firstSentAtMs, lastAnswerAtMs }: Gathered,
  sold: SoldWatch,
): Durable {
  const restAtMs = lastAnswerAtMs + (convergeMs ?? 0);
  const storedAtMs = Math.min(restAtMs, sold.lastRiseAtMs() ?? restAtMs);
  const seconds = Math.max(0.001, (storedAtMs - firstSentAtMs) / 1_000);
  return { orders, ordersPerSecond: round(orders / seconds), convergeMs };
}

/** Everything that a threshold can name. */
function figuresOf(report: Omit<FireReport, 'thresholds' | 'ok'>, violations: Violations): Figures {
  const { requests, outcomes, latencyMs, latencyMsByOutcome, durable, rps, unanswered } = report;
  const share = (count: number) => (requests === 0 ? null : count / requests);
  return {
    requests,
    rps,
    unanswered,
    ...outcomes,
    errorRate: share(outcomes.error),
    overloadedRate: share(outcomes.overloaded),
    ...(latencyMs ?? {}),
    ...Object.fromEntries(
      Object.entries(latencyMsByOutcome).flatMap(([outcome, own]) =>
        Object.entries(own).map(([name, ms]) => [`${outcome}.${name}`, ms]),
      ),
    ),
    ...durable,
    ...Object.fromEntries(correctnessMetrics.map((metric) => [metric, violations[metric].length])),
  };
}

function shorten(violations: Violations): Violations {
  return Object.fromEntries(
    Object.entries(violations).map(([metric, offenders]) => [metric, offenders.slice(0, VIOLATIONS_MAX)]),
  ) as Violations;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
