import type { EventChange } from '../../client/answers.js';
import type { StaffEventView } from '../../domain/wire.js';
import { CliError, usageError } from '../errors.js';
import { matchCommodity } from '../findCommodity.js';
import { formatTime } from '../format.js';
import { parseDuration } from '../parseDuration.js';
import { parsePrice } from '../parsePrice.js';
import { parseTime } from '../parseTime.js';
import { readRule } from '../readRule.js';
import { documentWishes } from './documentWishes.js';
import { documentError, placeOf, type PlacedDocument } from './readEventDocuments.js';

/** What `event update` was given, as typed. */
export interface EventChangeFlags {
  title?: string | undefined;
  price?: string | undefined;
  'price-cents'?: number | undefined;
  limit?: number | undefined;
  rule?: string | undefined;
  'no-rule'?: boolean | undefined;
  starts?: string | undefined;
  ends?: string | undefined;
  'payment-window'?: string | undefined;
}

/**
 * Checks what can be checked before anything is sent.
 *
 * @returns what the flags want of an event: only its start says when `--ends +1h` is
 */
export async function changeFromFlags(
  flags: EventChangeFlags,
  nowMs: number,
): Promise<(event: StaffEventView) => EventChange> {
  const change: EventChange = {};
  if (flags.title !== undefined) change.title = readTitle(flags.title);
  if (flags.price !== undefined) change.priceCents = parsePrice(flags.price, '--price');
  if (flags['price-cents'] !== undefined) change.priceCents = flags['price-cents'];
  if (flags.limit !== undefined) change.purchaseLimit = flags.limit;
  if (flags.rule !== undefined) change.rule = await readRule(flags.rule);
  if (flags['no-rule'] === true) change.rule = [];
  if (flags.starts !== undefined)
    change.startsAt = iso(parseTime(flags.starts, { name: '--starts', nowMs, relativeToMs: nowMs }));
  if (flags['payment-window'] !== undefined)
    change.paymentWindowSeconds = parseDuration(flags['payment-window'], '--payment-window');
  const { ends } = flags;
  if (ends === undefined && Object.keys(change).length === 0)
    throw usageError('What to change is missing.', 'spikectl event update --help');
  const endFrom = (relativeToMs: number) => iso(parseTime(ends ?? 'now', { name: '--ends', nowMs, relativeToMs }));
  endFrom(nowMs);
  return ({ startsAt }) =>
    ends === undefined ? change : { ...change, endsAt: endFrom(Date.parse(change.startsAt ?? startsAt)) };
}

/**
 * What a document wants of the event. Of several documents the one with the event's key.
 *
 * @throws a usage error when it wants what no update can change
 */
export function changeFromDocuments(
  documents: readonly PlacedDocument[],
  event: StaffEventView,
  file: string,
): EventChange {
  const own = documents.find(({ document }) => document.key === event.key);
  const only = documents.length === 1 && documents[0]?.document.key === undefined ? documents[0] : undefined;
  const placed = own ?? only;
  if (placed === undefined)
    throw usageError(`${file} describes no event of the key ${event.key}, which event ${event.id} has.`, FIND_KEY);
  const { place, document } = placed;
  if (matchCommodity([event.commodity], document.commodity) === undefined) {
    const message = `event ${event.id} sells ${event.commodity.name}, and an event keeps its commodity`;
    throw documentError(file, [{ path: placeOf(place, 'commodity'), message }], 'spikectl event create --help');
  }
  if (document.quantity !== event.quantity) {
    const message = `event ${event.id} has ${event.quantity} units, not ${document.quantity}`;
    const restock = `spikectl event restock ${event.id} --to ${document.quantity}`;
    throw documentError(file, [{ path: placeOf(place, 'quantity'), message }], restock);
  }
  const wishes = documentWishes(placed, event);
  return wishes.limits === undefined ? wishes : { ...wishes, limits: allLimits(wishes.limits, event.ownLimits) };
}

const FIND_KEY = 'spikectl event show ID --output yaml';

/** Own limits that the document does not have go back to what holds for all events. */
function allLimits(
  wanted: NonNullable<EventChange['limits']>,
  own: StaffEventView['ownLimits'],
): NonNullable<EventChange['limits']> {
  const gone = Object.fromEntries(Object.keys(own).map((name) => [name, null]));
  return { ...gone, ...wanted };
}

/**
 * What the service would refuse because of the event's state, said with what can be done instead.
 *
 * @throws CliError EVENT_STATE
 */
export function assertChangeable(event: StaffEventView, change: EventChange): void {
  const refuse = (message: string, ...suggestions: string[]) => new CliError('EVENT_STATE', message, { suggestions });
  const { id, state, startsAt, endsAt } = event;
  if (state === 'closed')
    throw refuse(`Event ${id} is closed for good: nothing of it can be changed.`, 'spikectl event create --help');
  const newStart = change.startsAt ?? startsAt;
  if (Date.parse(startsAt) <= Date.now()) {
    const since = `event ${id} has started at ${formatTime(startsAt)}`;
    if (change.priceCents !== undefined && change.priceCents !== event.priceCents)
      throw refuse(
        `The price can no longer be changed: ${since}.`,
        `To sell at another price, close it and make another event: spikectl event close ${id}`,
      );
    if (newStart !== startsAt)
      throw refuse(
        `The start can no longer be changed: ${since}.`,
        `To hold buyers back, pause it: spikectl event pause ${id}`,
        `To sell longer, move the end: spikectl event update ${id} --ends +2h`,
      );
  }
  const newEnd = change.endsAt ?? endsAt;
  if (Date.parse(newEnd) <= Date.parse(newStart))
    throw usageError(
      `The event would end (${formatTime(newEnd)}) before it starts (${formatTime(newStart)}).`,
      'Pass --ends +1h: it counts from the start.',
    );
}

function readTitle(title: string): string {
  const trimmed = title.trim();
  if (trimmed === '') throw usageError('--title is empty.', '--title "Sneakers at noon"');
  return trimmed;
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
