import { availableParallelism } from 'node:os';
import { badFire } from './fireError.js';
import { parseMix } from './behaviours.js';
import type { FirePlan } from './report.js';
import type { LoadPlan } from './run/planWorkers.js';
import { parseThreshold, withCorrectness, type Threshold } from './thresholds.js';
import { countArrivals, type Arrivals } from './worker/arrivals.js';

/** What was typed; durations in seconds. */
export interface FireWishes {
  eventId: string;
  users: number;
  requests: number;
  rate?: number | undefined;
  durationSeconds: number | undefined;
  rampSeconds: number;
  workers?: number | undefined;
  connections?: number | undefined;
  timeoutSeconds: number;
  convergeSeconds: number;
  /** Wait for an event that has not started. */
  wait: boolean;
  behaviours: readonly string[];
  thresholds: readonly string[];
  /** Where the spike routes are asked; undefined for the context's URL. */
  url?: string | undefined;
  contextUrl: string;
}

export interface PlannedFire {
  load: LoadPlan;
  plan: FirePlan;
  users: number;
  stopAfterMs: number | undefined;
  thresholds: Threshold[];
  convergeWithinMs: number;
  wait: boolean;
  /** As many as will be sent if nobody asks to wait. */
  requestsMax: number;
}

const USERS_MAX = 500_000;
const REQUESTS_MAX = 50_000_000;
const WORKERS_MAX = 64;
/** More connections than this to one origin run into the ports of a machine. */
const CONNECTIONS_MAX = 20_000;
const CONNECTIONS_DEFAULT_MAX = 1_000;
/** The services and their stores need the other cores, where they share the machine. */
const WORKERS_DEFAULT_MAX = 4;

/** Makes a plan of what was typed. @throws FireError for what cannot be fired */
export function planFire(wishes: FireWishes): PlannedFire {
  const { users, requests, rate, durationSeconds, rampSeconds } = wishes;
  inRange('--users', users, USERS_MAX);
  inRange('--requests', requests, REQUESTS_MAX);
  const mix = parseMix(wishes.behaviours);
  if (mix.share !== undefined && users < 2) throw badFire('--behaviour share needs at least two buyers.', '--users 2');
  const workers = Math.min(wishes.workers ?? defaultWorkers(), Math.max(1, Math.floor(users / 2)));
  inRange('--workers', wishes.workers ?? workers, WORKERS_MAX);
  const connections = wishes.connections ?? Math.min(users, CONNECTIONS_DEFAULT_MAX);
  inRange('--connections', connections, CONNECTIONS_MAX);
  const arrivals = planArrivals(wishes);
  const spikeUrl = checkUrl(wishes.url ?? wishes.contextUrl, wishes.contextUrl);
  const requestsMax = arrivals.model === 'open' ? countArrivals(arrivals) : users * requests;
  if (requestsMax > REQUESTS_MAX) throw badFire(`These are ${requestsMax} requests; at most ${REQUESTS_MAX} are sent.`);
  return {
    users,
    requestsMax,
    wait: wishes.wait,
    convergeWithinMs: wishes.convergeSeconds * 1_000,
    stopAfterMs: arrivals.model === 'closed' && durationSeconds !== undefined ? durationSeconds * 1_000 : undefined,
    thresholds: withCorrectness(wishes.thresholds.map(parseThreshold)),
    load: {
      spikeUrl,
      shopUrl: wishes.contextUrl,
      eventId: wishes.eventId,
      arrivals,
      mix,
      workers,
      connections,
      answerTimeoutMs: wishes.timeoutSeconds * 1_000,
    },
    plan: {
      model: arrivals.model,
      requestsPerUser: arrivals.model === 'closed' ? requests : null,
      ratePerSecond: rate ?? null,
      durationSeconds: arrivals.model === 'open' ? arrivals.durationMs / 1_000 : (durationSeconds ?? null),
      rampSeconds,
      connections,
      workers,
      behaviours: mix,
    },
  };
}

function planArrivals({ users, requests, rate, durationSeconds, rampSeconds }: FireWishes): Arrivals {
  const rampMs = rampSeconds * 1_000;
  if (rate === undefined) return { model: 'closed', requestsPerUser: requests, rampMs };
  if (!(rate > 0)) throw badFire(`--rate: ${rate} requests a second are none.`, '--rate 1000');
  // As many requests as the closed model would send.
  const durationMs = (durationSeconds ?? (users * requests) / rate + rampSeconds / 2) * 1_000;
  if (rampMs > durationMs) throw badFire('--ramp is longer than --duration.');
  return { model: 'open', ratePerSecond: rate, durationMs, rampMs };
}

function inRange(name: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw badFire(`${name}: ${value} is not a whole number from 1 to ${max}.`);
}

/** Load goes to the machine that the operator is logged in to, and to no other. */
function checkUrl(text: string, contextUrl: string): string {
  const own = new URL(contextUrl);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw badFire(`--url: '${text}' is not an http URL.`, `--url ${contextUrl}`);
  if (url.hostname !== own.hostname)
    throw badFire(
      `--url: ${url.hostname} is not the host of this context, which is ${own.hostname}.`,
      'Log in there first: spikectl login --url',
    );
  return text.replace(/\/+$/, '');
}

function defaultWorkers(): number {
  return Math.max(1, Math.min(WORKERS_DEFAULT_MAX, availableParallelism() - 1));
}
