import { parseRule } from '../../../domain/access/parseRule.js';
import { saleEventState } from '../../../domain/saleEvent.js';
import type { WarmCheck } from '../../../domain/wire/events.js';
import { auditEvent } from '../../../stores/auditEvent.js';
import { differingFields } from '../../../stores/mendEvent.js';
import type { StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';
import { topology } from '../../../stores/rabbitmq/topology.js';
import type { RedisStore } from '../../../stores/redis/connectRedis.js';
import { redisNowMs } from '../../../stores/redis/consumers.js';
import { readEvent } from '../../../stores/redis/events.js';
import type { AdminDeps } from '../adminDeps.js';

/** A window that opens a second early or late somewhere is still unfair to nobody who retries. */
const CLOCK_SKEW_MAX_MS = 1_000;

/** What was brought to Redis just now. */
interface Brought {
  isInstalled: boolean;
  fields: string[];
  scripts: number;
  known: number;
}

/** What must hold before a sale, each with its evidence. */
export async function checkWarmth(deps: AdminDeps, event: StoredSaleEvent, brought: Brought): Promise<WarmCheck[]> {
  const { redis } = deps.stores;
  return [
    await checkStock(deps, event, brought.isInstalled),
    await checkFields(redis, event, brought.fields),
    check('scripts', brought.known === brought.scripts, `Redis has ${brought.known} of ${brought.scripts} scripts`, {
      next: `spikectl event warm ${event.id}`,
    }),
    await checkQueue(deps),
    checkRule(event),
    checkWindow(event),
    await checkClock(redis),
  ];
}

function check(name: WarmCheck['name'], ok: boolean, detail: string, { next }: { next: string }): WarmCheck {
  return { name, ok, detail, next: ok ? null : next };
}

async function checkStock(
  { stores, stuckAfterSeconds }: AdminDeps,
  { id, fence }: StoredSaleEvent,
  isInstalled: boolean,
): Promise<WarmCheck> {
  const reading = await readEvent(stores.redis, id);
  if (reading.code !== 'OK' || Number(reading.event.fence) !== fence)
    return check('stock', false, 'the order service is rebuilding the stock from MySQL', {
      next: 'Warm it again in some seconds; if it stays so: spikectl status',
    });
  const audit = (await auditEvent(stores, id, { stuckAfterSeconds }))!;
  const { quantity, available, pending, sold, ok } = audit;
  const sums = `${quantity} = ${available} available + ${pending} pending + ${sold} sold`;
  const said = isInstalled ? `${sums}; it was missing in Redis and is there now` : sums;
  return check('stock', ok, ok ? said : `the audit found something: ${said}`, { next: `spikectl audit ${id}` });
}

async function checkFields(redis: RedisStore, event: StoredSaleEvent, mended: string[]): Promise<WarmCheck> {
  const reading = await readEvent(redis, event.id);
  const next = { next: `spikectl event warm ${event.id}` };
  if (reading.code !== 'OK') return check('fields', false, 'Redis does not have the event', next);
  const differing = differingFields(reading.event, event);
  if (differing.length > 0) return check('fields', false, `Redis differs in ${differing.join(', ')}`, next);
  const brought = mended.length === 0 ? '' : `; brought just now: ${mended.join(', ')}`;
  return check('fields', true, `Redis has what MySQL has${brought}`, next);
}

async function checkQueue({ queues, stores }: AdminDeps): Promise<WarmCheck> {
  try {
    const depth = (await queues.read()).find(({ name }) => name === topology.queue);
    const consumers = depth?.consumers ?? 0;
    const detail = `${topology.queue} has ${consumers} ${consumers === 1 ? 'consumer' : 'consumers'}`;
    return check('queue', consumers > 0, detail, { next: 'spikectl daemon restart order' });
  } catch (error) {
    stores.log.debug({ err: error }, 'the queues could not be read');
    return check('queue', false, 'RabbitMQ does not answer', { next: 'spikectl middleware up' });
  }
}

function checkRule({ id, rule }: StoredSaleEvent): WarmCheck {
  const verdict = parseRule(rule);
  const next = { next: `spikectl event update ${id} --rule FILE` };
  if (verdict.ok) {
    const names = rule.map(({ name }) => name).join(' → ');
    return check('rule', true, names === '' ? 'none: everybody may buy' : names, next);
  }
  const places = verdict.issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return check('rule', false, `it cannot be read, so nobody may buy: ${places}`, next);
}

function checkWindow(event: StoredSaleEvent): WarmCheck {
  const state = saleEventState(event, Date.now());
  const [startsAt, endsAt] = [event.startsAtMs, event.endsAtMs].map((timeMs) => new Date(timeMs).toISOString());
  const next = event.closed
    ? 'Closing is for good; make another event: spikectl event create --help'
    : `spikectl event update ${event.id} --ends ISO`;
  return check('window', state !== 'ended' && state !== 'closed', `${state}: ${startsAt} to ${endsAt}`, { next });
}

async function checkClock(redis: RedisStore): Promise<WarmCheck> {
  const askedAtMs = Date.now();
  const redisMs = await redisNowMs(redis);
  const answeredAtMs = Date.now();
  // Redis read its clock somewhere in between.
  const skewMs = Math.max(0, redisMs - answeredAtMs, askedAtMs - redisMs);
  const detail = `Redis' clock and this service's are ${skewMs} ms apart`;
  return check('clock', skewMs < CLOCK_SKEW_MAX_MS, detail, { next: 'Let both machines set their clock by NTP.' });
}
