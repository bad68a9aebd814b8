import { describe, expect, it } from '@jest/globals';
import type { StaffEventView } from '../../domain/wire.js';
import { assertChangeable, changeFromDocuments, changeFromFlags, type EventChangeFlags } from './eventChange.js';
import { parseEventDocuments } from './readEventDocuments.js';

const HOUR_MS = 3_600_000;
const nowMs = Date.now();
const fromNow = (ms: number) => new Date(nowMs + ms).toISOString();

const event = {
  id: '3',
  key: 'lamps',
  title: 'Lamps',
  state: 'scheduled',
  commodity: { id: '1', name: 'Lamp', description: null },
  priceCents: 1_999,
  quantity: 100,
  purchaseLimit: 1,
  rule: [],
  startsAt: fromNow(HOUR_MS),
  endsAt: fromNow(2 * HOUR_MS),
  paymentWindowSeconds: 900,
  ownLimits: { userBurst: 3 },
} as unknown as StaffEventView;

describe('a change that was typed', () => {
  const change = async (flags: EventChangeFlags) => (await changeFromFlags(flags, nowMs))(event);

  it('holds what was given and nothing else', async () => {
    expect(await change({ title: ' Vinyl ', price: '9.99', limit: 2, 'payment-window': '1h' })).toEqual({
      title: 'Vinyl',
      priceCents: 999,
      purchaseLimit: 2,
      paymentWindowSeconds: 3_600,
    });
    expect(await change({ 'no-rule': true, 'price-cents': 0 })).toEqual({ rule: [], priceCents: 0 });
  });

  it('counts a relative end from the start that there is, or from the new one', async () => {
    expect(await change({ ends: '+30m' })).toEqual({ endsAt: fromNow(1.5 * HOUR_MS) });
    expect(await change({ starts: '+10m', ends: '+1h' })).toEqual({
      startsAt: fromNow(HOUR_MS / 6),
      endsAt: fromNow(HOUR_MS / 6 + HOUR_MS),
    });
  });

  it.each<[string, EventChangeFlags]>([
    ['nothing', {}],
    ['an empty title', { title: ' ' }],
    ['a bad price', { price: '9,99' }],
    ['a bad start', { starts: 'soon' }],
    ['a bad end', { ends: '30m' }],
    ['a bad payment window', { 'payment-window': '15' }],
    ['a bad rule', { rule: '[{' }],
  ])('is refused with %s, before anything is sent', async (_what, flags) => {
    await expect(changeFromFlags(flags, nowMs)).rejects.toMatchObject({
      code: 'USAGE',
      exit: 2,
      suggestions: expect.arrayContaining([expect.any(String)]),
    });
  });
});

describe('a change from a file', () => {
  const base = { title: 'Lamps', commodity: 'lamp', priceCents: 1_999, quantity: 100 };
  const from = (...documents: object[]) =>
    changeFromDocuments(parseEventDocuments(JSON.stringify(documents), 'events.yaml'), event, 'events.yaml');

  it('is taken from the document that has the key of the event', () => {
    const change = from({ ...base, key: 'vinyl', title: 'Vinyl' }, { ...base, key: 'lamps', title: 'Brass lamps' });
    expect(change).toMatchObject({ title: 'Brass lamps' });
    expect(() => from({ ...base, key: 'vinyl' })).toThrow('no event of the key lamps');
    expect(() => from(base, base)).toThrow('no event of the key lamps');
  });

  it('leaves alone what the file does not say, and a start that was relative to the making of the event', () => {
    expect(from(base)).toEqual({ title: 'Lamps', priceCents: 1_999 });
    expect(from({ ...base, startsAt: 'now', endsAt: '+90m' })).toEqual({
      title: 'Lamps',
      priceCents: 1_999,
      endsAt: fromNow(2.5 * HOUR_MS),
    });
  });

  it('takes back own limits that the file does not have', () => {
    expect(from({ ...base, limits: { queueFactor: 2 } }).limits).toEqual({ userBurst: null, queueFactor: 2 });
  });

  it.each([
    ['another commodity', { commodity: 'Chair' }, 'spikectl event create --help'],
    ['another quantity', { quantity: 120 }, 'spikectl event restock 3 --to 120'],
  ])('cannot ask for %s, and says what can be done', (_what, wrong, suggestion) => {
    expect(() => from({ ...base, ...wrong })).toThrow(expect.objectContaining({ exit: 2, suggestions: [suggestion] }));
  });
});

describe('a change that the state of the event forbids', () => {
  const closed: StaffEventView = { ...event, state: 'closed' };
  const started: StaffEventView = { ...event, state: 'open', startsAt: fromNow(-HOUR_MS) };

  it.each([
    ['the price after the start', started, { priceCents: 1 }, 'spikectl event close 3'],
    ['the start after the start', started, { startsAt: fromNow(HOUR_MS) }, 'spikectl event pause 3'],
    ['anything after the close', closed, { title: 'x' }, 'event create'],
  ])('is refused with what to do instead: %s', (_what, view, change, instead) => {
    expect(() => assertChangeable(view, change)).toThrow(
      expect.objectContaining({
        code: 'EVENT_STATE',
        exit: 1,
        suggestions: expect.arrayContaining([expect.stringContaining(instead)]),
      }),
    );
  });

  it('is not one that changes nothing', () => {
    expect(() => assertChangeable(started, { priceCents: 1_999, startsAt: started.startsAt })).not.toThrow();
    expect(() => assertChangeable(event, { priceCents: 1 })).not.toThrow();
  });

  it('is an end before the start', () => {
    expect(() => assertChangeable(event, { endsAt: fromNow(0) })).toThrow(expect.objectContaining({ exit: 2 }));
  });
});
