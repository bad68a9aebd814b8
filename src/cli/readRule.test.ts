import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readRule } from './readRule.js';

describe('a rule on the command line', () => {
  test('is JSON or a file, a chain or one link alone, and a link needs no settings', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'spike-rule-'));
    try {
      const file = path.join(folder, 'rule.json');
      await writeFile(file, '[{"name":"allowlist"},{"name":"base","rule":"{}"}]');
      expect(await readRule(file)).toEqual([
        { name: 'allowlist', rule: {} },
        { name: 'base', rule: '{}' },
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(await readRule('{"name":"untrustworthy"}')).toEqual([{ name: 'untrustworthy', rule: {} }]);
    expect(await readRule('[]')).toEqual([]);
  });

  test.each([
    ['[{"rule":{}}]', '0.name'],
    ['[{"name":"base","rules":{}}]', 'at 0'],
    ['[7]', 'at 0'],
    ['[{', 'not valid JSON'],
    ['user.age >= 18', 'there is no file'],
  ])('%s is refused before anything is sent', async (given, said) => {
    await expect(readRule(given)).rejects.toMatchObject({ exit: 2, message: expect.stringContaining(said) });
  });
});
