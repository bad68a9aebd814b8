import { setTimeout as sleep } from 'node:timers/promises';
import type { StaffClient } from '../client/createStaffClient.js';
import { ServiceRefusal } from '../client/errors.js';
import type { StaffEventView } from '../domain/wire.js';
import { badFire, FireError } from './fireError.js';
import type { FireOptions, FireScreen } from './fireOptions.js';
import type { FireReport } from './report.js';
import { judgeRun } from './run/judgeRun.js';
import { makeBuyers } from './run/makeBuyers.js';
import { planWorkers } from './run/planWorkers.js';
import { startWorkers, type Gathered, type Warmed, type Workers } from './run/runWorkers.js';
import { watchSold, type SoldWatch } from './run/watchSold.js';

const LIVE_EVERY_MS = 250;
/** A cached decision lives 30 s; what is decided this long before the start still holds then. */
const WARM_BEFORE_START_MS = 10_000;

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
    return await judgeRun({ options, event, gathered, sold, startedAt, cpuPercent });
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
