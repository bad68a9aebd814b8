import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPasswordsFile } from './passwordsFile.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-passwords-'));
  file = path.join(folder, 'passwords.csv');
});

afterEach(() => rm(folder, { recursive: true }));

async function write(...passwords: { phone: string; password: string }[]): Promise<void> {
  const opened = await openPasswordsFile(file);
  await opened.add(passwords);
  await opened.close();
}

async function kept(): Promise<Record<string, string>> {
  const opened = await openPasswordsFile(file);
  await opened.close();
  return Object.fromEntries(opened.kept);
}

describe('the file of generated passwords', () => {
  it('can be read by its owner alone, also when it was there before', async () => {
    await write({ phone: '+491', password: 'abc' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeFile(file, 'phone,password\n');
    await rm(file);
    await writeFile(file, '', { mode: 0o644 });
    await write();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('goes on where an earlier run ended, and gives its passwords back', async () => {
    await write({ phone: '+491', password: 'first' });
    await write({ phone: '+492', password: 'second' });
    expect(await readFile(file, 'utf8')).toBe('phone,password\n+491,first\n+492,second\n');
    expect(await kept()).toEqual({ '+491': 'first', '+492': 'second' });
  });

  it('does not trust a line that a crash cut off', async () => {
    await writeFile(file, 'phone,password\n+491,first\n+492,sec');
    expect(await kept()).toEqual({ '+491': 'first' });
    await write({ phone: '+492', password: 'second' });
    expect(await kept()).toMatchObject({ '+491': 'first', '+492': 'second' });
  });

  it('is left alone when it is something else', async () => {
    await writeFile(file, 'my notes\n');
    await expect(openPasswordsFile(file)).rejects.toMatchObject({ exit: 2 });
    expect(await readFile(file, 'utf8')).toBe('my notes\n');
    await expect(openPasswordsFile(folder)).rejects.toMatchObject({ exit: 2 });
  });
});
