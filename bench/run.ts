import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../src/daemon/findFreePort.js';
import { measureCommandLine } from './commandLine.js';
import { measureFire } from './fire.js';
import { sendLoad } from './load.js';
import { measurePages } from './pages.js';
import { startProcess, type Started } from './processes.js';
import { openBenchSystem, type BenchSystem } from './system.js';

/**
 * `npm run bench`: what the purchase path costs, as ratios to a bare Koa answer measured in the same run on the same machine.
 * Everything shares its cores: load generator, services and stores. Nothing here fails on a figure; the goals are printed
 * beside what was measured.
 */
const CONNECTIONS = 256;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const BURST = 20_000;
/** Lines for more buyers than can be served, so that the list never ends before the time. */
const BUYERS_PER_SECOND_MAX = 25_000;
const STORED_DEADLINE_MS = 120_000;

interface Line {
  what: string;
  value: string;
  goal: string;
}

const say = (text: string) => process.stderr.write(`${text}\n`);
const lines: Line[] = [];
const savedRate = { batched: 0 };
const note = (what: string, value: string, goal = '') => {
  say(`  ${what}: ${value}`);
  lines.push({ what, value, goal });
};

/** `npm run bench -- purchases sold-out burst one-by-one command-line fire pages`: only these; all without any. */
const wanted = process.argv.slice(2);
/** Parts that need no services and stores. */
const withoutSystem = ['command-line', 'fire', 'pages'];
const isWanted = (part: string) => wanted.length === 0 || wanted.includes(part);

if (isWanted('command-line')) await measureCommandLine(note, say);
if (isWanted('fire')) await measureFire(note, say);
if (isWanted('pages')) await measurePages(note, say);
if (wanted.length === 0 || wanted.some((part) => !withoutSystem.includes(part))) await measureSystem();
const width = Math.max(...lines.map(({ what }) => what.length));
for (const { what, value, goal } of lines) {
  process.stdout.write(
    `${what.padEnd(width)}  ${value.padEnd(34)}${goal === '' ? '' : `  goal: ${goal}`}\n`.trimEnd() + '\n',
  );
}

async function measureSystem(): Promise<void> {
  const system = await openBenchSystem(say);
  try {
    const bare = await measureBareKoa(system);
    await measurePurchases(system, bare);
    if (isWanted('one-by-one')) await measureOneByOne(system, bare);
  } finally {
    await system.close();
  }
}

/** Sent the very same requests, so that the generator and the parser cost both the same. */
async function measureBareKoa(bench: BenchSystem): Promise<number> {
  say('bare Koa …');
  const port = await findFreePort();
  const runner = fileURLToPath(new URL('../test/helpers/runSources.js', import.meta.url));
  const main = fileURLToPath(new URL('bareKoa.ts', import.meta.url));
  const koa = await startProcess('bare Koa', ['--import', runner, main], { BENCH_PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  const requests = bench.requests('1', 5_000);
  const options = { url, connections: CONNECTIONS, folder: bench.folder, requests, repeat: true };
  await sendLoad({ ...options, seconds: 2 });
  const cpuBefore = await koa.cpuMs();
  const load = await sendLoad({ ...options, seconds: SECONDS });
  note('bare Koa', perSecond(load.perSecond));
  note('  processor time', perAnswer((await koa.cpuMs()) - cpuBefore, load.answers));
  await koa.stop();
  return load.perSecond;
}

/** Every feature on: distinct buyers, stored while they buy; then the same event sold out; then a burst. */
async function measurePurchases(bench: BenchSystem, bare: number): Promise<void> {
  const { spikeUrl, services } = await bench.startServices();
  try {
    await warmUp(bench, spikeUrl);
    if (isWanted('purchases')) await measureSale(bench, spikeUrl, bare, services);
    if (isWanted('sold-out')) await measureSoldOut(bench, spikeUrl, bare, services);
    if (isWanted('burst')) await measureBurst(bench, spikeUrl);
    for (const service of services)
      note(`peak memory, ${service.name}`, `${(await service.peakMb()).toFixed(0)} MB`, '< 200 MB');
  } finally {
    await stopAll(services);
  }
}

async function measureSale(bench: BenchSystem, url: string, bare: number, services: readonly Started[]): Promise<void> {
  say('purchases by distinct buyers …');
  const cpuBefore = await cpuOf(services);
  const run = await runSale(bench, url, SECONDS);
  const cpuAfter = await cpuOf(services);
  const rate = run.accepted / run.load.seconds;
  savedRate.batched = rate;
  note('durable purchases', perSecond(rate));
  note('  of bare Koa', ratio(rate, bare), '>= 0.20');
  note('  stored when the last was answered', percent(run.storedAtEnd, run.accepted));
  note('  all stored after', `${run.convergeMs} ms`);
  note('  latency p50 / p99', `${run.load.latencyP50Ms.toFixed(1)} / ${run.load.latencyP99Ms.toFixed(1)} ms`);
  note('  refused', String(run.load.refused));
  for (const name of ['spike', 'order']) {
    note(`  processor time, ${name}`, perAnswer(cpuAfter[name]! - cpuBefore[name]!, run.accepted));
  }
}

/** The same path with one script call and one message per request. */
async function measureOneByOne(bench: BenchSystem, bare: number): Promise<void> {
  const one = { SPIKE_BATCH_SIZE_MAX: '1', SPIKE_BATCHES_IN_FLIGHT_MAX: String(CONNECTIONS) };
  const { spikeUrl, services } = await bench.startServices(one);
  try {
    await warmUp(bench, spikeUrl);
    say('one script call and one message per request …');
    const run = await runSale(bench, spikeUrl, SECONDS);
    const rate = run.accepted / run.load.seconds;
    note('one by one', perSecond(rate));
    note('  of bare Koa', ratio(rate, bare));
    note('  stored when the last was answered', percent(run.storedAtEnd, run.accepted));
    note('group commit over one by one', ratio(savedRate.batched, rate), '>= 1.6');
  } finally {
    await stopAll(services);
  }
}

async function warmUp(bench: BenchSystem, url: string): Promise<void> {
  await runSale(bench, url, 2);
}

async function runSale(bench: BenchSystem, url: string, seconds: number) {
  const buyers = seconds * BUYERS_PER_SECOND_MAX;
  const eventId = await bench.createEvent(buyers);
  const requests = bench.requests(eventId, buyers);
  const load = await sendLoad({ url, connections: CONNECTIONS, seconds, requests, folder: bench.folder });
  const accepted = load.answers - load.refused;
  const storedAtEnd = await bench.countOrders(eventId);
  const convergeMs = await untilStored(bench, eventId, accepted);
  await bench.audit(eventId);
  return { load, accepted, storedAtEnd, convergeMs };
}

async function measureSoldOut(
  bench: BenchSystem,
  url: string,
  bare: number,
  services: readonly Started[],
): Promise<void> {
  say('sold out …');
  const eventId = await bench.createEvent(100);
  const buyers = { requests: bench.requests(eventId, 5_000), repeat: true };
  const options = { url, connections: CONNECTIONS, folder: bench.folder, ...buyers };
  await sendLoad({ ...options, seconds: 2 });
  const cpuBefore = await cpuOf(services);
  const load = await sendLoad({ ...options, seconds: SECONDS });
  const cpuAfter = await cpuOf(services);
  note('sold-out answers', perSecond(load.perSecond));
  note('  of bare Koa', ratio(load.perSecond, bare), '>= 0.70');
  note('  processor time, spike', perAnswer(cpuAfter.spike! - cpuBefore.spike!, load.answers));
  note('  sold-out among the answers', percent(load.refused, load.answers));
  await untilStored(bench, eventId, 100);
  await bench.audit(eventId);
}

async function measureBurst(bench: BenchSystem, url: string): Promise<void> {
  say(`a burst of ${BURST} …`);
  const eventId = await bench.createEvent(BURST);
  // More buyers than units: wrk leaves the requests unanswered that are under way when it stops.
  const requests = bench.requests(eventId, BURST + 4 * CONNECTIONS);
  const load = await sendLoad({ url, connections: CONNECTIONS, seconds: 30, requests, folder: bench.folder });
  const convergeMs = await untilStored(bench, eventId, BURST);
  await bench.audit(eventId);
  note(`burst of ${BURST}: answered in`, `${load.seconds.toFixed(1)} s`);
  note('  all in MySQL after the last answer', `${convergeMs} ms`, '<= 5000 ms');
}

/** @returns ms until MySQL had as many orders */
async function untilStored(bench: BenchSystem, eventId: string, count: number): Promise<number> {
  const since = performance.now();
  while ((await bench.countOrders(eventId)) < count) {
    if (performance.now() - since > STORED_DEADLINE_MS) throw new Error(`${count} orders were not stored in time`);
    await sleep(10);
  }
  return Math.round(performance.now() - since);
}

async function stopAll(services: readonly Started[]): Promise<void> {
  await Promise.all(services.map((service) => service.stop()));
}

async function cpuOf(services: readonly Started[]): Promise<Record<string, number>> {
  return Object.fromEntries(
    await Promise.all(services.map(async (service) => [service.name, await service.cpuMs()] as const)),
  );
}

function perAnswer(ms: number, answers: number): string {
  return `${((1000 * ms) / answers).toFixed(1)} µs an answer`;
}

function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')} a second`;
}

function ratio(rate: number, base: number): string {
  return (rate / base).toFixed(2);
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
