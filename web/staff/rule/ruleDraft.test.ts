import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { filters } from '../../../src/domain/access/filters.js';
import { parseRule } from '../../../src/domain/access/parseRule.js';
import { move, newLink, toDrafts, toRule, type FieldsByFilter } from './ruleDraft.js';
import { fieldsOf } from './settingFields.js';

const fields: FieldsByFilter = new Map(
  [...filters.values()].map(({ name, schema }) => [name, fieldsOf(z.toJSONSchema(schema, { io: 'input' }) as object)]),
);

const through = (rule: { name: string; rule: unknown }[]) => toRule(toDrafts(rule, fields), fields);

describe('the rule builder', () => {
  test('has fields for every setting of every filter that the services know', () => {
    const paths = [...fields].map(([name, found]) => [
      name,
      found?.map(({ path, kind }) => `${path.join('.')}:${kind}`),
    ]);
    expect(Object.fromEntries(paths)).toEqual({
      base: ['age.min:whole', 'age.max:whole', 'workStatus.not:words', 'workStatus.in:words'],
      untrustworthy: [],
      allowlist: [],
      registeredBefore: ['time:time'],
      expression: ['expression:longText', 'reason:text'],
    });
  });

  test.each([...filters.values()])(
    'takes the example of $name apart and puts it together again',
    ({ name, example }) => {
      expect(parseRule(through([{ name, rule: example }]))).toMatchObject({ ok: true });
      const [link] = through([{ name, rule: example }]);
      expect(link).toEqual({ name, rule: JSON.parse(JSON.stringify(example).replace('00:00Z', '00:00.000Z')) });
    },
  );

  test('leaves out what is empty, and reads words and numbers as people write them', () => {
    const link = {
      ...newLink([], 'base', fields),
      values: { 'age.min': ' 18 ', 'age.max': '', 'workStatus.in': 'student，retired, ' },
    };
    expect(toRule([link], fields)).toEqual([
      { name: 'base', rule: { age: { min: 18 }, workStatus: { in: ['student', 'retired'] } } },
    ]);
  });

  test('sends what it cannot read as it was typed, so that the service can name the fault', () => {
    const link = { ...newLink([], 'base', fields), values: { 'age.min': '<b>old</b>' } };
    const verdict = parseRule(toRule([link], fields));
    expect(verdict).toMatchObject({ ok: false, issues: [{ path: '[0].rule.age.min' }] });
  });

  test.each([
    [{ name: 'base', rule: { age: { min: 18 }, shoeSize: 44 } }],
    [{ name: 'base', rule: { workStatus: { in: ['a, b'] } } }],
    [{ name: 'fromTheFuture', rule: { any: ['thing'] } }],
  ])('shows as JSON what its fields would lose: %j', (link) => {
    const [draft] = toDrafts([link], fields);
    expect(draft!.json).toBeDefined();
    expect(toRule([draft!], fields)).toEqual([link]);
  });

  test('moves links, and gives each a key of its own', () => {
    const first = newLink([], 'base', fields);
    const second = newLink([first], 'base', fields);
    expect(second.key).not.toBe(first.key);
    expect(move([first, second], 1, 0)).toEqual([second, first]);
  });
});
