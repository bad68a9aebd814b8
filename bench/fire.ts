import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../src/daemon/findFreePort.js';
import type { startWorkers } from '../src/loadtest/run/runWorkers.js';
import { sendLoad } from './load.js';
import { startProcess } from './processes.js';

type Note = (what: string, value: string, goal?: string) => void;

const CONNECTIONS = 64;
const ROUNDS = 3;
const SECONDS = Math.max(2, Math.ceil(Number(process.env.BENCH_SECONDS ?? 8) / ROUNDS));
/** Long enough that neither tool has to hurry, short enough for some thousand answers a second. */
const PAUSE_MS = 20;
const AGREEMENT = '0.90 to 1.10';

/**
 * What `fire` measures beside what wrk does, on one route with as many connections: the answers a second and the latencies of a
 * server whose speed no tool changes. And on bare answers, how many each of them can take at all.
 */
export async function measureFire(note: Note, say: (text: string) => void): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-bench-fire-'));
  try {
    say(`fire beside wrk, answers after ${PAUSE_MS} ms …`);
    const paced = await compare(folder, PAUSE_MS);
    note('fire / wrk: answers a second', ratio(paced.fire.perSecond, paced.wrk.perSecond), AGREEMENT);
    note('  latency p50', ratio(paced.fire.p50, paced.wrk.p50), AGREEMENT);
    note('  latency p99', ratio(paced.fire.p99, paced.wrk.p99));
    say('fire beside wrk, answers at once …');
    const bare = await compare(folder, 0);
    note('  at once, on shared cores', ratio(bare.fire.perSecond, bare.wrk.perSecond));
    note('  one worker takes', `${Math.round(bare.fire.perSecond).toLocaleString('en')} answers a second`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Seen {
  perSecond: number;
  p50: number;
  p99: number;
}

async function compare(folder: string, pauseMs: number): Promise<{ fire: Seen; wrk: Seen }> {
  const port = await findFreePort();
  const runner = fileURLToPath(new URL('../test/helpers/runSources.js', import.meta.url));
  const main = fileURLToPath(new URL('pacedShop.ts', import.meta.url));
  const environment = { BENCH_PORT: String(port), BENCH_PAUSE_MS: String(pauseMs) };
  const shop = await startProcess('paced shop', ['--import', runner, main], environment);
  const url = `http://127.0.0.1:${port}`;
  try {
    const seen = { wrk: [] as Seen[], fire: [] as Seen[] };
    // In turns, so that what else the machine does falls on both.
    for (let round = 0; round < ROUNDS; round += 1) {
      seen.wrk.push(await withWrk(url, folder));
      seen.fire.push(await withFire(url));
    }
    return { wrk: medianOf(seen.wrk), fire: medianOf(seen.fire) };
  } finally {
    await shop.stop();
  }
}

async function withWrk(url: string, folder: string): Promise<Seen> {
  const requests = [{ path: '/spike/1/ticket', token: 'token' }];
  const options = { url, connections: CONNECTIONS, folder, requests, repeat: true };
  await sendLoad({ ...options, seconds: 1 });
  const load = await sendLoad({ ...options, seconds: SECONDS });
  return { perSecond: load.perSecond, p50: load.latencyP50Ms, p99: load.latencyP99Ms };
}

/** The workers as they are built: a thread does not run from the sources. */
async function withFire(url: string): Promise<Seen> {
  const built = new URL('../dist/loadtest/run/runWorkers.js', import.meta.url).href;
  const { startWorkers: start } = (await import(built)) as { startWorkers: typeof startWorkers };
  const buyers = Array.from({ length: CONNECTIONS }, (_, index) => ({
    userId: String(index + 1),
    token: 'token',
    behaviour: 'plain' as const,
  }));
  const workers = start([
    {
      index: 0,
      workers: 1,
      spikeUrl: url,
      shopUrl: url,
      eventId: '1',
      purchaseLimit: 1,
      arrivals: { model: 'closed', requestsPerUser: Number.MAX_SAFE_INTEGER, rampMs: 0 },
      connections: CONNECTIONS,
      answerTimeoutMs: 10_000,
      buyers,
    },
  ]);
  try {
    await workers.warm({ tickets: true, onProgress: () => undefined });
    const stopping = setTimeout(() => workers.stop(), (SECONDS + 1) * 1_000);
    const { series } = await workers.go();
    clearTimeout(stopping);
    // The first second warms both ends, as it does with wrk; the last one is cut.
    const whole = series.slice(1, SECONDS + 1);
    const answers = whole.reduce((sum, { outcomes }) => sum + outcomes.soldOut, 0);
    return {
      perSecond: answers / whole.length,
      p50: median(whole.map(({ latencyMs }) => latencyMs!.p50)),
      p99: median(whole.map(({ latencyMs }) => latencyMs!.p99)),
    };
  } finally {
    await workers.close();
  }
}

function medianOf(seen: readonly Seen[]): Seen {
  return {
    perSecond: median(seen.map(({ perSecond }) => perSecond)),
    p50: median(seen.map(({ p50 }) => p50)),
    p99: median(seen.map(({ p99 }) => p99)),
  };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function ratio(value: number, base: number): string {
  return `${(value / base).toFixed(2)} (${value.toFixed(1)} / ${base.toFixed(1)}, ${availableParallelism()} cores)`;
}
