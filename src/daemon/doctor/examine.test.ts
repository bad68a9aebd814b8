import { describe, expect, it } from '@jest/globals';
import { makeCheck } from './examine.js';
import type { Machine } from './machine.js';
import { isAtLeast } from './versions.js';

const machine = {} as Machine;

describe('a check', () => {
  it('that throws is a finding, and fails nothing else', async () => {
    const finding = await makeCheck({ name: 'odd', look: () => Promise.reject(new Error('no such device')) }, machine);
    expect(finding).toMatchObject({
      name: 'odd',
      status: 'warning',
      evidence: expect.stringContaining('no such device'),
    });
  });

  it('that hangs ends as a finding', async () => {
    const hanging = { name: 'odd', look: () => new Promise<never>(() => undefined) };
    expect(await makeCheck(hanging, machine, 10)).toMatchObject({ name: 'odd', status: 'warning' });
  });
});

describe('versions', () => {
  it.each([
    ['8.0.36', '8.0.16', true],
    ['8.0.9', '8.0.16', false],
    ['8.4.0', '8.0.16', true],
    ['10.6.0-MariaDB', '10.6.0', true],
    ['3.13-rc.1', '3.10.0', true],
    ['unknown', '6.0.0', true],
  ])('%s is at least %s: %s', (version, floor, expected) => {
    expect(isAtLeast(version, floor)).toBe(expected);
  });
});
