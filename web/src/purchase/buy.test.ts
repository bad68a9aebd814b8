import { describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '../../../src/domain/errorCatalogue.js';
import type { OrderState } from '../../../src/domain/order.js';
import type { OrderView, PurchaseAnswer } from '../../../src/domain/wire.js';
import { LoggedOut, Refused, Unanswered } from '../api/failures.js';
import { buy, type BuyOptions } from './buy.js';

const BOUGHT = { status: 'success', orderId: 'new', state: 'pending', rest: 1, msg: 'rest: 1' } as const;

function refused(code: ErrorCode, { retryAfterMs, ...details }: Record<string, unknown> = {}): Refused {
  const answer = { status: 'fail', code, msg: code, next: '', requestId: 'r1', ...details } as const;
  return new Refused({ answer, status: 409, retryAfterMs: retryAfterMs as number | undefined });
}

const lost = () => new Unanswered(new Error('the line is dead'));

/** A shop that answers each question with the next of its answers, the last one for ever, in a time that only waits pass. */
function openShop(answers: {
  tickets?: (string | Error)[];
  purchases: (PurchaseAnswer | Error)[];
  orders?: { id: string; state: OrderState }[] | Error;
}) {
  const asked = { tickets: 0, purchases: 0 };
  const spent: string[] = [];
  const waits: { why: string; ms: number }[] = [];
  let nowMs = 0;
  const next = <T>(list: (T | Error)[], index: number): Promise<T> => {
    const answer = list[Math.min(index, list.length - 1)];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as T);
  };
  const noted: string[] = [];
  const options: BuyOptions = {
    api: {
      fetchTicket: () => next(answers.tickets ?? ['t1', 't2', 't3', 't4'], asked.tickets++),
      purchase(_eventId, ticket) {
        spent.push(ticket);
        return next(answers.purchases, asked.purchases++);
      },
      listEventOrders: () =>
        answers.orders instanceof Error
          ? Promise.reject(answers.orders)
          : Promise.resolve((answers.orders ?? []) as OrderView[]),
    },
    eventId: '1',
    knownOrderIds: new Set(['old']),
    mayFetchTicket: true,
    onTicket: (ticket) => noted.push(ticket),
    onWait: (why) => waits.push({ why, ms: nowMs }),
    sleep(ms) {
      waits.at(-1)!.ms = ms;
      nowMs += ms;
      return Promise.resolve();
    },
    random: () => 0.5,
    nowMs: () => nowMs,
  };
  return { options, spent, waits, noted };
}

describe('a purchase', () => {
  test('spends one ticket, noted before it is spent', async () => {
    const shop = openShop({ purchases: [BOUGHT] });
    expect(await buy(shop.options)).toEqual({ outcome: { kind: 'bought', orderId: 'new' }, isSettled: true });
    expect([shop.noted, shop.spent]).toEqual([['t1'], ['t1']]);
  });

  test('whose answer is lost is asked again with the same ticket, and the first order is its own', async () => {
    const shop = openShop({ purchases: [lost(), refused('ALREADY_ORDERED', { orderId: 'new' })] });
    expect(await buy(shop.options)).toEqual({ outcome: { kind: 'bought', orderId: 'new' }, isSettled: true });
    expect(shop.spent).toEqual(['t1', 't1']);
  });

  test('by someone who had an order before says so, also after a lost answer', async () => {
    const purchases = [lost(), refused('ALREADY_ORDERED', { orderId: 'old' })];
    const { outcome } = await buy(openShop({ purchases, orders: [{ id: 'old', state: 'paid' }] }).options);
    expect(outcome).toEqual({ kind: 'alreadyHave', orderId: 'old' });
  });

  test.each([
    ['TOO_MANY_REQUESTS', 'tooFast'],
    ['OVERLOADED', 'busy'],
    ['STOCK_REBUILDING', 'busy'],
    ['STORE_UNAVAILABLE', 'busy'],
    ['SHUTTING_DOWN', 'busy'],
  ] as const)('refused with %s waits at least as long as it was told, and keeps its ticket', async (code, why) => {
    const shop = openShop({ purchases: [refused(code, { retryAfterMs: 5_000 }), BOUGHT] });
    expect((await buy(shop.options)).outcome.kind).toBe('bought');
    expect(shop.waits).toEqual([{ why, ms: expect.any(Number) }]);
    expect(shop.waits[0]!.ms).toBeGreaterThanOrEqual(5_000);
    expect(shop.spent).toEqual(['t1', 't1']);
  });

  test('gives up after a minute, says so, and needs no answer for ever', async () => {
    const shop = openShop({ purchases: [refused('OVERLOADED', { retryAfterMs: 1_000 })] });
    expect(await buy(shop.options)).toEqual({ outcome: { kind: 'busy' }, isSettled: true });
    expect(shop.spent.length).toBeLessThan(60);
  });

  test('that is told to wait longer than anybody would is over at once', async () => {
    const shop = openShop({ purchases: [refused('TOO_MANY_REQUESTS', { retryAfterMs: 300_000 })] });
    expect(await buy(shop.options)).toEqual({ outcome: { kind: 'tooFast' }, isSettled: true });
    expect(shop.spent).toHaveLength(1);
  });

  test('that nobody ever answers keeps its ticket for the next press', async () => {
    const shop = openShop({ purchases: [lost()], orders: lost() });
    expect(await buy(shop.options)).toEqual({ outcome: { kind: 'unsure' }, isSettled: false });
    expect(new Set(shop.spent)).toEqual(new Set(['t1']));
  });

  test('with a lost answer is not called sold out while an order of it stands', async () => {
    const purchases = [lost(), refused('SOLD_OUT')];
    const bought = await buy(openShop({ purchases, orders: [{ id: 'new', state: 'pending' }] }).options);
    expect(bought).toEqual({ outcome: { kind: 'bought', orderId: 'new' }, isSettled: true });
    const soldOut = await buy(openShop({ purchases, orders: [{ id: 'x', state: 'cancelled' }] }).options);
    expect(soldOut).toEqual({ outcome: { kind: 'soldOut' }, isSettled: true });
  });

  test('takes a new ticket when the rule has changed, but not before looking for what a lost attempt has bought', async () => {
    const renewed = openShop({ purchases: [refused('TICKET_INVALID'), BOUGHT] });
    expect((await buy(renewed.options)).outcome.kind).toBe('bought');
    expect(renewed.spent).toEqual(['t1', 't2']);

    const purchases = [lost(), refused('TICKET_EXPIRED'), BOUGHT];
    const found = openShop({ purchases, orders: [{ id: 'new', state: 'ordered' }] });
    expect((await buy(found.options)).outcome).toEqual({ kind: 'bought', orderId: 'new' });
    expect(found.spent).toEqual(['t1', 't1']);
  });

  test('whose tickets die again and again ends', async () => {
    const shop = openShop({ purchases: [refused('TICKET_INVALID')] });
    expect((await buy(shop.options)).outcome).toEqual({ kind: 'failed', refused: expect.any(Refused) });
    expect(shop.spent).toHaveLength(3);
  });

  test('a moment before the start waits for it; one long before does not', async () => {
    const startsAt = '2030-01-01T00:00:00.000Z';
    const soon = openShop({
      tickets: [refused('EVENT_NOT_STARTED', { startsAt, retryAfterMs: 1_000 }), 't1'],
      purchases: [BOUGHT],
    });
    expect((await buy(soon.options)).outcome.kind).toBe('bought');
    const early = openShop({
      tickets: [refused('EVENT_NOT_STARTED', { startsAt, retryAfterMs: 60_000 })],
      purchases: [],
    });
    expect((await buy(early.options)).outcome).toEqual({ kind: 'notStarted', startsAt });
  });

  test.each([
    ['NOT_ELIGIBLE', { reason: 'too young' }, { kind: 'notEligible', reason: 'too young' }],
    ['EVENT_PAUSED', { retryAfterMs: 2_000 }, { kind: 'paused' }],
    ['EVENT_ENDED', {}, { kind: 'ended' }],
    ['NOT_FOUND', {}, { kind: 'gone' }],
    ['SOLD_OUT', {}, { kind: 'soldOut' }],
    ['LIMIT_REACHED', { purchaseLimit: 3, orderId: 'old' }, { kind: 'limitReached', purchaseLimit: 3 }],
    ['BAD_INPUT', {}, { kind: 'failed', refused: expect.any(Refused) }],
  ] as const)('refused with %s is over at once', async (code, details, outcome) => {
    const shop = openShop({ purchases: [refused(code, details)] });
    expect(await buy(shop.options)).toEqual({ outcome, isSettled: true });
    expect(shop.waits).toEqual([]);
  });

  test('keeps its ticket for when the shopper has logged in again', async () => {
    const shop = openShop({ purchases: [lost(), new LoggedOut()] });
    expect(await buy(shop.options)).toEqual({ outcome: { kind: 'loggedOut' }, isSettled: false });
  });

  test('hides no fault of the page', async () => {
    const shop = openShop({ purchases: [new TypeError('a fault')] });
    await expect(buy(shop.options)).rejects.toThrow('a fault');
  });
});

describe('a purchase that a reload has interrupted', () => {
  const resume = (shop: ReturnType<typeof openShop>) => buy({ ...shop.options, ticket: 't0', mayFetchTicket: false });

  test('goes on with its ticket', async () => {
    const shop = openShop({ purchases: [refused('ALREADY_ORDERED', { orderId: 'new' })] });
    expect((await resume(shop)).outcome).toEqual({ kind: 'bought', orderId: 'new' });
    expect(shop.spent).toEqual(['t0']);
  });

  test('before it had a ticket begins nothing, unless that was just now', async () => {
    const shop = openShop({ purchases: [BOUGHT] });
    const { outcome } = await buy({ ...shop.options, mayFetchTicket: false });
    expect(outcome).toEqual({ kind: 'lapsed' });
    expect(shop.noted).toEqual([]);
  });

  test('buys nothing that was not asked for today: with a dead ticket it ends', async () => {
    const shop = openShop({ purchases: [refused('TICKET_EXPIRED')] });
    expect(await resume(shop)).toEqual({ outcome: { kind: 'lapsed' }, isSettled: true });
    expect(shop.noted).toEqual([]);
  });
});
