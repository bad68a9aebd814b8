import { describe, expect, test } from '@jest/globals';
import { ruleQuestion, type RuleFlags } from './ruleQuestion.js';

const nowMs = Date.parse('2030-05-01T10:00:00.000Z');
const rule = [{ name: 'untrustworthy', rule: {} }];
const flags: RuleFlags = { rule: JSON.stringify(rule) };

describe('which rule is asked', () => {
  test('is the one of the event, or a draft in its place', async () => {
    expect(await ruleQuestion('3', {}, nowMs)).toEqual({ eventId: '3', rule: undefined });
    expect(await ruleQuestion('3', flags, nowMs)).toEqual({ eventId: '3', rule });
  });

  test('is a draft for an event that is not made yet, of which the flags say what is decided', async () => {
    expect(await ruleQuestion(undefined, flags, nowMs)).toEqual({
      eventId: undefined,
      rule,
      event: {},
      commodity: undefined,
    });
    const decided = { title: 'Lamps', commodity: 'Lamp', price: '9.99', stock: 5, starts: '+10m', ends: '+1h' };
    expect(await ruleQuestion(undefined, { ...flags, ...decided }, nowMs)).toMatchObject({
      event: {
        title: 'Lamps',
        priceCents: 999,
        quantity: 5,
        startsAt: '2030-05-01T10:10:00.000Z',
        endsAt: '2030-05-01T11:10:00.000Z',
      },
      commodity: 'Lamp',
    });
    expect(await ruleQuestion(undefined, { ...flags, 'price-cents': 0, ends: '+1h' }, nowMs)).toMatchObject({
      event: { priceCents: 0, endsAt: '2030-05-01T11:00:00.000Z' },
    });
  });

  test.each<[string, string | undefined, RuleFlags, string]>([
    ['neither an event nor a rule', undefined, {}, 'name an event, or pass a rule'],
    ['an event in the making without a rule', undefined, { title: 'Lamps' }, 'name an event, or pass a rule'],
    ['an event and what is said of one in the making', '3', { ...flags, 'price-cents': 0 }, '--price-cents'],
    ['a bad price', undefined, { ...flags, price: '9,99' }, '--price'],
    ['a bad time', undefined, { ...flags, starts: 'soon' }, '--starts'],
    ['a rule that is not JSON', '3', { rule: '[{' }, '--rule'],
  ])('is refused with %s, before anything is sent', async (_what, eventId, given, message) => {
    await expect(ruleQuestion(eventId, given, nowMs)).rejects.toMatchObject({
      code: 'USAGE',
      exit: 2,
      message: expect.stringContaining(message),
      suggestions: expect.arrayContaining([expect.any(String)]),
    });
  });
});
