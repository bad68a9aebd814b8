import { describe, expect, it } from '@jest/globals';
import { auditChangeText } from './auditChangeText.js';

describe('a change in the audit log', () => {
  it.each([
    [
      'names the fields that differ',
      { paused: false, title: 'a' },
      { paused: true, title: 'a' },
      'paused false → true',
    ],
    [
      'shows times as people read them',
      { at: null },
      { at: '2026-05-01T10:00:00.123Z' },
      'at - → 2026-05-01 10:00:00Z',
    ],
    ['writes what is deeper as JSON', { limits: {} }, { limits: { userBurst: 7 } }, 'limits {} → {"userBurst":7}'],
    [
      'names a field that one side lacks',
      { state: 'paid' },
      { state: 'refunded', reason: 'x' },
      'state paid → refunded; reason - → x',
    ],
    ['of what was made are its fields', null, { name: 'Lamp', description: null }, 'name Lamp'],
    ['of what was deleted are those that it had', { name: 'Lamp', sold: 0 }, null, 'was name Lamp; sold 0'],
    ['that left everything as it was says so', { a: 1 }, { a: 1 }, 'as it was'],
    ['without fields is empty', null, null, ''],
  ])('%s', (_what, before, after, text) => {
    expect(auditChangeText({ before, after })).toBe(text);
  });
});
