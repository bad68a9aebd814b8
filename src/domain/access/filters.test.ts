import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { EXPRESSION_LENGTH_MAX } from './compileExpression.js';
import { decide } from './decide.js';
import { explain } from './explain.js';
import type { AccessEvent, Facts } from './filter.js';
import { filters } from './filters.js';
import { needsOf, parseRule, type Rule } from './parseRule.js';

const nowMs = Date.UTC(2024, 5, 15, 12);
const anna: Facts['user'] = {
  id: '7',
  birthDate: '2000-06-15',
  workStatus: 'student',
  registeredAtMs: Date.UTC(2024, 0, 1),
  isBlocked: false,
  isDenied: false,
  isAllowed: false,
};
const lamps: AccessEvent = {
  id: '3',
  title: 'Lamps at noon',
  commodityId: '9',
  priceCents: 4_999,
  quantity: 100,
  startsAtMs: Date.UTC(2024, 5, 15, 11),
  endsAtMs: Date.UTC(2024, 5, 15, 13),
};

function facts(user: Partial<Facts['user']> = {}, event: Partial<AccessEvent> = {}): Facts {
  return { user: { ...anna, ...user }, event: { ...lamps, ...event }, nowMs };
}

function rule(input: unknown): Rule {
  const verdict = parseRule(input);
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.issues));
  return verdict.rule;
}

function issues(input: unknown) {
  const verdict = parseRule(input);
  return verdict.ok ? [] : verdict.issues;
}

function faultOf(expression: string): string | undefined {
  const [issue] = issues([{ name: 'expression', rule: { expression } }]);
  if (issue !== undefined) expect(issue.path).toBe('[0].rule.expression');
  return issue?.message;
}

function isEligible(expression: string, user: Partial<Facts['user']> = {}, event: Partial<AccessEvent> = {}): boolean {
  return decide(rule([{ name: 'expression', rule: { expression } }]), facts(user, event)).eligible;
}

describe('every filter', () => {
  test.each([...filters.values()])('$name is described by an example that is valid and a JSON Schema', (filter) => {
    expect(parseRule([{ name: filter.name, rule: filter.example }])).toMatchObject({ ok: true });
    expect(parseRule([{ name: filter.name, rule: JSON.stringify(filter.example) }])).toMatchObject({ ok: true });
    expect(z.toJSONSchema(filter.schema, { io: 'input' })).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
    expect(filter.description).not.toBe('');
  });

  test('that is not known is named with the one that was meant', () => {
    expect(issues([{ name: 'untrustworty' }])).toEqual([
      { path: '[0].name', message: expect.stringContaining('did you mean untrustworthy?') },
    ]);
    expect(issues([{ name: 'x' }])).toEqual([{ path: '[0].name', message: expect.not.stringContaining('did you') }]);
  });
});

describe('the allow list filter', () => {
  const listed = [{ name: 'allowlist' }];

  test('lets those pass who are on the list, and nobody else', () => {
    expect(decide(rule(listed), facts({ isAllowed: true }))).toEqual({ eligible: true });
    expect(decide(rule(listed), facts())).toEqual({
      eligible: false,
      filter: 'allowlist',
      reason: 'you are not on the list of this event',
    });
  });

  test('of an event that is not made yet has nobody on it, and says so', () => {
    const { id: _none, ...draft } = lamps;
    expect(decide(rule(listed), { ...facts(), event: draft })).toEqual({
      eligible: false,
      filter: 'allowlist',
      reason: 'nobody is on the list of this event yet',
    });
  });

  test('alone makes a rule look at the list', () => {
    expect([...needsOf(rule(listed))]).toEqual(['allowList']);
    expect([...needsOf(rule([{ name: 'untrustworthy' }]))]).toEqual([]);
  });

  test('has no settings', () => {
    expect(issues([{ name: 'allowlist', rule: { ids: [] } }])).toEqual([
      { path: '[0].rule.ids', message: 'is not known here' },
    ]);
  });
});

describe('the filter by registration', () => {
  test('refuses who registered at the time or after it', () => {
    const before = rule([{ name: 'registeredBefore', rule: { time: '2024-01-01T01:00:00+01:00' } }]);
    expect(decide(before, facts({ registeredAtMs: Date.UTC(2024, 0, 1) - 1 }))).toEqual({ eligible: true });
    for (const late of [0, 1]) {
      expect(decide(before, facts({ registeredAtMs: Date.UTC(2024, 0, 1) + late }))).toEqual({
        eligible: false,
        filter: 'registeredBefore',
        reason: 'only for those who registered before 2024-01-01T00:00:00.000Z',
      });
    }
  });

  test('takes its time alone as well', () => {
    expect(parseRule([{ name: 'registeredBefore', rule: '2024-01-01T00:00:00Z' }])).toMatchObject({
      ok: true,
      links: [{ name: 'registeredBefore', rule: { time: '2024-01-01T00:00:00Z' } }],
    });
  });

  test.each([[{}], [{ time: 'yesterday' }], [{ time: '2024-01-01' }], [{ time: '2024-01-01T00:00:00' }], ['soon']])(
    'refuses %j with the place of the fault',
    (settings) => {
      expect(issues([{ name: 'untrustworthy' }, { name: 'registeredBefore', rule: settings }])).toEqual([
        { path: '[1].rule.time', message: expect.any(String) },
      ]);
    },
  );
});

describe('an expression', () => {
  test.each([
    ['user.age == 24', true],
    ['user.age < 24', false],
    ['user.workStatus in ["student", "retired"] && event.priceCents < 5000', true],
    ['user.id == "7" && event.id == "3" && event.commodityId == "9" && event.quantity >= 100', true],
    ['user.registeredAt < timestamp("2024-02-01T00:00:00Z")', true],
    ['event.startsAt - user.registeredAt > duration("720h")', true],
    ['event.endsAt - event.startsAt == duration("2h")', true],
    ['event.title.startsWith("VIP") ? user.age >= 21 : user.age >= 18', true],
    ['user.registeredAt.getFullYear() == 2023', false],
    ['!(user.age >= 18)', false],
  ])('%s is %p', (expression, expected) => expect(isEligible(expression)).toBe(expected));

  test('refuses with the reason that staff gave, or one of its own', () => {
    const own = rule([{ name: 'expression', rule: { expression: 'user.age > 60', reason: 'only from 61' } }]);
    expect(decide(own, facts())).toEqual({ eligible: false, filter: 'expression', reason: 'only from 61' });
    expect(decide(rule([{ name: 'expression', rule: 'user.age > 60' }]), facts())).toEqual({
      eligible: false,
      filter: 'expression',
      reason: 'you do not meet the condition of this event',
    });
  });

  test('is the same as a text alone, as an object and as JSON text', () => {
    const expression = 'user.age >= 18';
    const links = [{ name: 'expression', rule: { expression } }];
    for (const settings of [expression, { expression }, JSON.stringify({ expression })])
      expect(parseRule([{ name: 'expression', rule: settings }])).toMatchObject({ ok: true, links });
  });

  describe('about what the user has not told', () => {
    const unknown = { birthDate: null, workStatus: null };

    test.each([
      ['user.age >= 18', 'your date of birth is not known'],
      ['user.age < 18 ? false : true', 'your date of birth is not known'],
      ['!(user.age < 18)', 'your date of birth is not known'],
      ['user.age != 17', 'your date of birth is not known'],
      ['user.workStatus != "unemployed"', 'your work status is not known'],
      ['!(user.workStatus in ["unemployed"])', 'your work status is not known'],
      ['user.workStatus == user.workStatus', 'your work status is not known'],
    ])('%s refuses', (expression, reason) => {
      expect(decide(rule([{ name: 'expression', rule: expression }]), facts(unknown))).toEqual({
        eligible: false,
        filter: 'expression',
        reason,
      });
    });

    test('it passes only where the answer does not depend on it, or where it says so itself', () => {
      expect(isEligible('user.age >= 18 || user.workStatus == "student"', { birthDate: null })).toBe(true);
      expect(isEligible('user.age >= 18 && user.workStatus == "student"', { birthDate: null })).toBe(false);
      expect(isEligible('!has(user.age) || user.age >= 18', { birthDate: null })).toBe(true);
      expect(isEligible('has(user.age) && user.age >= 18', { birthDate: null })).toBe(false);
    });
  });

  describe('about an event that is not made yet', () => {
    const draft = { title: 'Lamps at noon', priceCents: 4_999, endsAtMs: undefined };
    const ask = (expression: string, user: Partial<Facts['user']> = {}) =>
      decide(rule([{ name: 'expression', rule: expression }]), { ...facts(user), event: draft });

    test('decides by what is known of it', () => {
      expect(ask('event.title.startsWith("Lamps") && event.priceCents < 5000')).toEqual({ eligible: true });
      expect(ask('event.priceCents > 5000')).toMatchObject({
        eligible: false,
        reason: 'you do not meet the condition of this event',
      });
    });

    test.each([
      ['event.quantity > 5', 'quantity'],
      ['event.id == "3"', 'id'],
      ['event.commodityId == "9" || event.quantity > 5', 'commodityId, quantity'],
      ['event.priceCents > 5 && event.endsAt - event.startsAt > duration("1h")', 'endsAt, startsAt'],
    ])('%s refuses and names what is missing', (expression, missing) => {
      expect(ask(expression)).toEqual({
        eligible: false,
        filter: 'expression',
        reason: `the condition asks for what is not known of the event yet: ${missing}`,
      });
    });

    test('passes where the answer does not depend on what is missing', () => {
      expect(ask('event.quantity > 5 || user.age >= 18')).toEqual({ eligible: true });
      expect(ask('!has(event.quantity)')).toEqual({ eligible: true });
    });

    test('says what the user has not told where nothing of the event is missing', () => {
      expect(ask('user.age >= 18 && event.priceCents > 5', { birthDate: null })).toMatchObject({
        reason: 'your date of birth is not known',
      });
    });
  });

  test('that fails while it is evaluated refuses, and says so', () => {
    expect(decide(rule([{ name: 'expression', rule: '1 / (user.age - 24) > 0' }]), facts())).toEqual({
      eligible: false,
      filter: 'expression',
      reason: 'the condition of this event cannot be decided for you',
    });
    expect(isEligible('int(user.workStatus) > 3')).toBe(false);
  });

  test.each([
    ['', 'line 1:1: '],
    ['user.age >=', 'line 1:12: '],
    ['user.age >= 18\n  && usr.id == "7"', "line 2:6: there is no variable 'usr'; there are user and event"],
    ['user.agee >= 18', "line 1:6: user has no 'agee' (did you mean age?); it has id, age, workStatus, registeredAt"],
    ['!has(user.agee)', "line 1:11: user has no 'agee'"],
    ['event.price > 5', "line 1:7: event has no 'price'"],
    ['user.birthDate == null', "line 1:6: user has no 'birthDate'"],
    ['user.constructor == "x"', "line 1:6: user has no 'constructor'"],
    ['user.age', 'line 1:1: must be true or false, and is of type int'],
    ['"yes"', 'line 1:1: must be true or false, and is of type string'],
    ['user.age == "18"', 'line 1:1: no such overload: int == string'],
    ['user.age == null', 'line 1:1: no such overload: int == null'],
    ['user', 'line 1:1: name a field of it: id, age, workStatus, registeredAt'],
    ['user["age"] > 3', 'line 1:1: name a field of it'],
    ['user.registeredAt < timestamp("soon")', 'line 1:21: timestamp() requires'],
    ['user.age > 3 && event.startsAt - event.endsAt > duration("1 hour")', 'line 1:49: '],
    ['startWith(user.id)', "line 1:1: there is no function 'startWith' (did you mean startsWith?)"],
    ['dyn(user.age) == "x"', "line 1:1: there is no function 'dyn'"],
  ])('%j is refused when it is saved, with its place', (expression, fault) => {
    expect(faultOf(expression)).toMatch(fault.slice(0, 9));
    expect(faultOf(expression)).toContain(fault);
  });

  test.each([
    ['[1, 2].all(x, [1, 2].all(y, x > y))'],
    ['[1].exists(x, x == 1)'],
    ['size([1, 2].map(x, x * 2)) == 2'],
    ['cel.bind(a, "xx" + "xx", size(a + a + a) > 3)'],
    ['user.workStatus.matches("(a+)+$")'],
    ['user.workStatus.split("").join("a long text") == ""'],
  ])('%s is refused: nothing in it may multiply', (expression) => {
    expect(faultOf(expression)).toContain('there is no function');
  });

  test('is bounded in length, parts and depth', () => {
    expect(faultOf(`user.id == "${'x'.repeat(EXPRESSION_LENGTH_MAX)}"`)).toContain(String(EXPRESSION_LENGTH_MAX));
    expect(faultOf(Array.from({ length: 120 }, () => 'true').join('||'))).toBeUndefined();
    expect(faultOf(Array.from({ length: 160 }, () => 'true').join('||'))).toContain('line 1:');
    expect(faultOf(`${'('.repeat(200)}true${')'.repeat(200)}`)).toContain('maxDepth');
    expect(faultOf(`${'!'.repeat(900)}true`)).toContain('line 1:');
    expect(faultOf(`[${'1,'.repeat(400)}1].size() > 3`)).toContain('line 1:');
  });

  test('says whether it looks at the event: edits of the event then change its answer', () => {
    expect([...needsOf(rule([{ name: 'expression', rule: 'user.age > 3' }]))]).toEqual([]);
    expect([...needsOf(rule([{ name: 'expression', rule: 'event.priceCents > 3' }]))]).toEqual(['event']);
  });

  test('with settings that nobody checked refuses', () => {
    const expression = filters.get('expression')!;
    expect(expression.evaluate({ expression: 'user.' }, facts())).toBe(
      'the condition of this event cannot be decided for you',
    );
  });
});

describe('the explanation of a rule', () => {
  const chain = rule([
    { name: 'base', rule: { age: { min: 30 } } },
    { name: 'untrustworthy' },
    { name: 'allowlist' },
    { name: 'expression', rule: 'user.workStatus == "student"' },
  ]);

  test('names the verdict of every link, also behind the first that refuses', () => {
    expect(explain(chain, facts({ isDenied: true }))).toEqual({
      decision: { eligible: false, filter: 'base', reason: 'you must be at least 30 years old' },
      account: { passed: true, reason: null },
      links: [
        {
          name: 'base',
          settings: { age: { min: 30 } },
          passed: false,
          reason: 'you must be at least 30 years old',
        },
        { name: 'untrustworthy', settings: {}, passed: false, reason: 'you are on the deny list' },
        { name: 'allowlist', settings: {}, passed: false, reason: 'you are not on the list of this event' },
        {
          name: 'expression',
          settings: { expression: 'user.workStatus == "student"' },
          passed: true,
          reason: null,
        },
      ],
    });
  });

  test('agrees with the decision, whoever asks', () => {
    const yesNo = [true, false];
    const everybody = yesNo.flatMap((isBlocked) =>
      yesNo.flatMap((isDenied) =>
        yesNo.flatMap((isAllowed) =>
          [null, '1990-01-01', '2010-01-01'].flatMap((birthDate) =>
            [null, 'student', 'employed'].map((workStatus) =>
              facts({ isBlocked, isDenied, isAllowed, birthDate, workStatus }),
            ),
          ),
        ),
      ),
    );
    const rules = [rule([]), chain, rule([{ name: 'expression', rule: '1 / (user.age - 34) >= 0' }])];
    const outcomes = rules.flatMap((one) =>
      everybody.map((known) => [decide(one, known), explain(one, known).decision]),
    );
    for (const [decision, explained] of outcomes) expect(explained).toEqual(decision);
    expect(new Set(outcomes.map(([decision]) => JSON.stringify(decision))).size).toBeGreaterThan(5);
  });
});
