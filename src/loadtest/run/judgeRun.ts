import type { EventAudit, StaffEventView } from '../../domain/wire.js';
import type { FireOptions } from '../fireOptions.js';
import { at, percentiles } from '../histogram.js';
import { outcomeNames } from '../../domain/outcomeNames.js';
import { countOutcomes } from '../outcomes.js';
import type { Durable, FireReport } from '../report.js';
import { correctnessMetrics, judgeThreshold, type Figures } from '../thresholds.js';
import { converge } from './converge.js';
import { findViolations, type Violations } from './findViolations.js';
import { isOutage } from './isOutage.js';
import { machineFacts } from './machineFacts.js';
import type { Gathered } from './runWorkers.js';
import { judgeTool } from './toolFacts.js';
import type { SoldWatch } from './watchSold.js';

/** After Ctrl-C nobody wants to wait long. */
const CONVERGE_STOPPED_MS = 3_000;
const VIOLATIONS_MAX = 100;
const CURVE_PERCENTILES = [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99, 99.999, 100];

/** A run of which all is answered or given up. */
export interface EndedRun {
  options: FireOptions;
  /** As it was before. */
  event: StaffEventView;
  gathered: Gathered;
  sold: SoldWatch;
  startedAt: Date;
  cpuPercent: number;
}

/** Waits until the stores are at rest, and compares what was told with what they have. */
export async function judgeRun({
  options,
  event,
  gathered,
  sold,
  startedAt,
  cpuPercent,
}: EndedRun): Promise<FireReport> {
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
