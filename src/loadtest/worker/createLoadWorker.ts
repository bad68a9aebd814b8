import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { arrivalAtMs, buyerStartMs, countArrivals } from './arrivals.js';
import { clockMs } from './clock.js';
import { CLICKS, createPlayer, type Player } from './createPlayer.js';
import { createTally, type Tally } from './createTally.js';
import { createTicketBook, patiently } from './createTicketBook.js';
import { createWire, type WireAnswer } from './createWire.js';
import type { FromWorker, PlayedBuyer, ToWorker, WorkerPlan } from './messages.js';

/** Buyers of one worker that are warmed at once: a crowd at the access service is not what is measured. */
const WARM_AT_ONCE = 32;
const WARM_TELL_EVERY = 50;
const TELL_EVERY_MS = 250;
/** How long answers are waited for after the last request was sent; what comes later never came. */
const DRAIN_MS = 30_000;
const DRAIN_STOPPED_MS = 1_000;
/** Requests under way in one worker, beyond which the tool would run out of memory before the system does. */
const IN_FLIGHT_MAX = 50_000;
/** A retry in the open model is a request beside those of the rate; a buyer gives up after some. */
const RETRIES_MAX = 3;
/** Timers are due to the millisecond. */
const TIMER_MS = 1;
const LAG_RESOLUTION_MS = 10;
const NS_PER_MS = 1e6;

/**
 * One thread of a load test. It is told to warm, to go and to stop; it tells every answer, by the second, and at its end what
 * its buyers were told. Nothing is measured in the main thread, which only adds up.
 */
export function createLoadWorker(plan: WorkerPlan, post: (message: FromWorker) => void): (message: ToWorker) => void {
  const { buyers, eventId, purchaseLimit, arrivals, connections, answerTimeoutMs } = plan;
  const spike = createWire({ url: plan.spikeUrl, connections, answerTimeoutMs });
  const shop = createWire({ url: plan.shopUrl, connections: WARM_AT_ONCE, answerTimeoutMs });
  const tickets = createTicketBook(spike, eventId);
  const stopping = new AbortController();
  const ownerOf = new Map(buyers.map((buyer, index) => [buyer.userId, buyers[(index + 1) % buyers.length]!]));
  const ownerFor = (buyer: PlayedBuyer) => ownerOf.get(buyer.userId)!;
  let ready: readonly PlayedBuyer[] = buyers;

  return (message) => {
    switch (message.type) {
      case 'warm':
        return void warm(message.tickets);
      case 'go':
        return void run(message.startAtMs);
      case 'stop':
        return stopping.abort();
    }
  };

  async function warm(withTickets: boolean): Promise<void> {
    const refused: Record<string, number> = {};
    const warmed: PlayedBuyer[] = [];
    const waiting = buyers.values();
    let done = 0;
    const work = async () => {
      for (const buyer of waiting) {
        if (stopping.signal.aborted) return;
        const refusal = await (withTickets ? fetchTicket(buyer) : decide(buyer));
        if (refusal === undefined) warmed.push(buyer);
        else refused[reasonOf(refusal)] = (refused[reasonOf(refusal)] ?? 0) + 1;
        done += 1;
        if (done % WARM_TELL_EVERY === 0) post({ type: 'warming', done });
      }
    };
    await Promise.all(Array.from({ length: WARM_AT_ONCE }, work));
    if (withTickets) {
      const isReady = new Set(warmed);
      ready = buyers.filter((buyer) => isReady.has(buyer));
    }
    post({ type: 'warmed', ready: warmed.length, refused });
  }

  async function decide({ token }: PlayedBuyer): Promise<WireAnswer | undefined> {
    const answer = await patiently(() => shop.send('GET', `/users/spike/access/${eventId}`, token));
    return answer.code === '' ? undefined : answer;
  }

  async function fetchTicket(buyer: PlayedBuyer): Promise<WireAnswer | undefined> {
    if (buyer.behaviour === 'forge') return undefined;
    const taken = await tickets.take(buyer.behaviour === 'share' ? ownerFor(buyer) : buyer);
    return 'refusal' in taken ? taken.refusal : undefined;
  }

  async function run(startAtMs: number): Promise<void> {
    const tally = createTally(startAtMs);
    const player = createPlayer({ spike, shop, tickets, tally, eventId, purchaseLimit, ownerFor });
    const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
    await sleepUntil(startAtMs);
    lag.enable();
    const before = performance.eventLoopUtilization();
    const telling = setInterval(() => post({ type: 'seconds', seconds: tally.takeSeconds(clockMs()) }), TELL_EVERY_MS);
    await playAll(player, startAtMs);
    clearInterval(telling);
    const { utilization } = performance.eventLoopUtilization(before);
    // The delay is that of a timer of this length: only what is beyond it is lag.
    const lagP99Ms = lag.count === 0 ? 0 : Math.max(0, lag.percentile(99) / NS_PER_MS - LAG_RESOLUTION_MS);
    lag.disable();
    // Taken before the connections are cut: what is cut was not answered, and is no error of the system.
    post(summary(player, tally, { utilization, lagP99Ms }));
    await Promise.all([spike.destroy(), shop.destroy()]);
  }

  function playAll(player: Player, startAtMs: number): Promise<unknown> {
    const playing = arrivals.model === 'open' ? playOpen(player, startAtMs) : playClosed(player, startAtMs);
    const stopped = new Promise((resolve) =>
      stopping.signal.addEventListener('abort', () => setTimeout(resolve, DRAIN_STOPPED_MS).unref(), { once: true }),
    );
    return Promise.race([playing, stopped]);
  }

  async function playClosed(player: Player, startAtMs: number): Promise<void> {
    if (arrivals.model !== 'closed') return;
    const { requestsPerUser, rampMs } = arrivals;
    await Promise.all(
      ready.map(async (buyer, index) => {
        await pause(startAtMs + buyerStartMs(rampMs, index, ready.length) - clockMs());
        for (let sent = 0; sent < requestsPerUser && !stopping.signal.aborted;) {
          const clicks = buyer.behaviour === 'impatient' ? Math.min(CLICKS, requestsPerUser - sent) : 1;
          const { retryAfterMs } = await player.buy(buyer, undefined, clicks);
          sent += clicks;
          await pause(retryAfterMs);
        }
      }),
    );
  }

  /** Sends each arrival when it is due, whatever became of those before it. */
  async function playOpen(player: Player, startAtMs: number): Promise<void> {
    if (arrivals.model !== 'open' || ready.length === 0) return;
    const count = countArrivals(arrivals);
    const underWay = new Set<Promise<void>>();
    for (let k = plan.index, turn = 0; k < count && !stopping.signal.aborted;) {
      const dueMs = startAtMs + arrivalAtMs(arrivals, k);
      const waitMs = dueMs - clockMs();
      if (waitMs > 0 || player.inFlight() >= IN_FLIGHT_MAX) {
        await pause(Math.max(TIMER_MS, Math.floor(waitMs)));
        continue;
      }
      const arrived = arrive(player, ready[turn % ready.length]!, dueMs).finally(() => underWay.delete(arrived));
      underWay.add(arrived);
      k += plan.workers;
      turn += 1;
    }
    const drained = new AbortController();
    await Promise.race([Promise.all(underWay), sleep(DRAIN_MS, undefined, { signal: drained.signal }).catch(() => 0)]);
    drained.abort();
  }

  async function arrive(player: Player, buyer: PlayedBuyer, dueMs: number): Promise<void> {
    const clicks = buyer.behaviour === 'impatient' ? CLICKS : 1;
    let { retryAfterMs } = await player.buy(buyer, dueMs, clicks);
    for (let retries = 0; retryAfterMs > 0 && retries < RETRIES_MAX && !stopping.signal.aborted; retries += 1) {
      await pause(retryAfterMs);
      if (!stopping.signal.aborted) ({ retryAfterMs } = await player.buy(buyer, undefined));
    }
  }

  /** Ends early when the run is stopped. */
  async function pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  async function sleepUntil(atMs: number): Promise<void> {
    await pause(atMs - clockMs());
  }
}

function summary(player: Player, tally: Tally, load: Extract<FromWorker, { type: 'done' }>['load']): FromWorker {
  const { orders, wrongs, firstSentAtMs, lastAnswerAtMs } = player;
  return {
    type: 'done',
    seconds: tally.takeSeconds(clockMs(), true),
    latencies: tally.latencies(),
    codes: tally.codes(),
    orders,
    wrongs,
    unanswered: player.inFlight(),
    firstSentAtMs,
    lastAnswerAtMs,
    load,
  };
}

/** `NOT_ELIGIBLE: too young` */
function reasonOf({ code, body }: WireAnswer): string {
  return typeof body.reason === 'string' ? `${code}: ${body.reason}` : code;
}
