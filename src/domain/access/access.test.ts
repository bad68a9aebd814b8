import { describe, expect, test } from '@jest/globals';
import { ageInYears } from './ageInYears.js';
import { decide } from './decide.js';
import type { Facts } from './filter.js';
import { parseRule, type Rule } from './parseRule.js';

const nowMs = Date.UTC(2024, 5, 15, 12);
const anna: Facts['user'] = {
  id: '1',
  birthDate: '2000-06-15',
  workStatus: 'employed',
  registeredAtMs: 0,
  isBlocked: false,
  isDenied: false,
  isAllowed: false,
};
const event: Facts['event'] = {
  id: '1',
  title: 'lamps',
  commodityId: '1',
  priceCents: 100,
  quantity: 10,
  startsAtMs: nowMs,
  endsAtMs: nowMs + 3_600_000,
};

function rule(input: unknown): Rule {
  const verdict = parseRule(input);
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.issues));
  return verdict.rule;
}

function ask(input: unknown, user: Partial<Facts['user']> = {}) {
  return decide(rule(input), { user: { ...anna, ...user }, event, nowMs });
}

function issues(input: unknown) {
  const verdict = parseRule(input);
  return verdict.ok ? [] : verdict.issues;
}

describe('a rule', () => {
  const grown = { age: { min: 18, max: 60 }, workStatus: { not: ['unemployed'] } };

  test('is the same with its settings as JSON text and as an object', () => {
    const asText = parseRule([{ name: 'base', rule: JSON.stringify(grown) }]);
    expect(asText).toEqual(parseRule([{ name: 'base', rule: grown }]));
    expect(asText).toMatchObject({ ok: true, links: [{ name: 'base', rule: grown }] });
  });

  test('without links lets everybody buy whose account is not blocked', () => {
    expect(ask([])).toEqual({ eligible: true });
    expect(ask([], { isBlocked: true })).toMatchObject({ eligible: false, filter: 'account' });
  });

  test('refuses by its first link that refuses', () => {
    const chain = [{ name: 'untrustworthy' }, { name: 'base', rule: { age: { min: 99 } } }];
    expect(ask(chain, { isDenied: true })).toMatchObject({ filter: 'untrustworthy' });
    expect(ask(chain)).toMatchObject({ filter: 'base', reason: 'you must be at least 99 years old' });
  });

  test('names the place of each fault', () => {
    expect(issues([{ name: 'base', rule: { age: { min: 'x' } } }])).toMatchObject([{ path: '[0].rule.age.min' }]);
    expect(issues([{ name: 'base', rule: '{"age":{"min":-1},"workStatus":{"not":[7]}}' }])).toMatchObject([
      { path: '[0].rule.age.min' },
      { path: '[0].rule.workStatus.not[0]' },
    ]);
    expect(issues([{ name: 'base', rule: { age: { min: 1 }, hair: 'red' } }])).toEqual([
      { path: '[0].rule.hair', message: 'is not known here' },
    ]);
    expect(issues([{ name: 'untrustworthy' }, { name: 'base', rule: '{' }])).toEqual([
      { path: '[1].rule', message: 'is not valid JSON' },
    ]);
    expect(issues([{ name: 'bass' }])).toMatchObject([{ path: '[0].name' }]);
    expect(issues([{ name: 'base', rule: { age: { min: 60, max: 18 } } }])).toEqual([
      { path: '[0].rule.age', message: 'min is above max' },
    ]);
  });

  test.each([
    ['text'],
    [null],
    [{}],
    [[7]],
    [[null]],
    [[{ name: 'base', rule: 7 }]],
    [[{ name: 'base', rule: 'null' }]],
  ])('that is %j is refused and never a crash', (input) => expect(issues(input)).not.toEqual([]));
});

describe('the base filter', () => {
  test('counts full years with both bounds included', () => {
    const exactly24 = [{ name: 'base', rule: { age: { min: 24, max: 24 } } }];
    expect(ask(exactly24)).toEqual({ eligible: true });
    expect(ask(exactly24, { birthDate: '2000-06-16' })).toMatchObject({ eligible: false });
    expect(ask(exactly24, { birthDate: '1999-06-15' })).toMatchObject({ eligible: false });
  });

  test('refuses by work status, listed or not', () => {
    expect(ask([{ name: 'base', rule: { workStatus: { not: ['employed'] } } }])).toMatchObject({ eligible: false });
    expect(ask([{ name: 'base', rule: { workStatus: { in: ['student'] } } }])).toMatchObject({ eligible: false });
    expect(ask([{ name: 'base', rule: { workStatus: { in: ['employed'], not: ['student'] } } }])).toMatchObject({
      eligible: true,
    });
  });

  test('refuses who has not said what it asks for', () => {
    expect(ask([{ name: 'base', rule: { age: { max: 60 } } }], { birthDate: null })).toMatchObject({
      reason: 'your date of birth is not known',
    });
    expect(ask([{ name: 'base', rule: { workStatus: { not: ['student'] } } }], { workStatus: null })).toMatchObject({
      reason: 'your work status is not known',
    });
  });
});

test.each([
  ['2004-02-29', Date.UTC(2023, 1, 28), 18],
  ['2004-02-29', Date.UTC(2023, 2, 1), 19],
  ['2004-02-29', Date.UTC(2024, 1, 29), 20],
])('born %s is at %d of age %d', (birthDate, atMs, years) => expect(ageInYears(birthDate, atMs)).toBe(years));
