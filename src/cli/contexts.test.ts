import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contextView } from './contextView.js';
import { readContexts, saveContext, useContext } from './contexts.js';

let folder: string;
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'contexts-')), 'config');
  environment = { SPIKE_CONFIG_DIR: folder };
});

afterEach(async () => {
  await rm(path.dirname(folder), { recursive: true, force: true });
});

describe('the contexts file', () => {
  it('is empty before the first login', async () => {
    expect(await readContexts({ environment })).toEqual({ current: undefined, contexts: {} });
  });

  it('can be read by its owner alone, and so can its folder', async () => {
    await saveContext('local', { url: 'http://127.0.0.1:8000', token: 'secret' }, { environment });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, 'contexts.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['contexts.json']);
  });

  it('is closed again, with a warning, when others could read it', async () => {
    await saveContext('local', { url: 'http://127.0.0.1:8000', token: 'secret' }, { environment });
    const file = path.join(folder, 'contexts.json');
    await chmod(file, 0o644);
    const warnings: string[] = [];
    await readContexts({ environment, warn: (text) => warnings.push(text) });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(warnings).toHaveLength(1);
    expect(warnings.join()).not.toContain('secret');
  });

  it('says how to mend it when it is damaged, and is not overwritten', async () => {
    await saveContext('local', { url: 'http://127.0.0.1:8000' }, { environment });
    const file = path.join(folder, 'contexts.json');
    await writeFile(file, '{"contexts":');
    await expect(saveContext('other', { url: 'http://127.0.0.1:1' }, { environment })).rejects.toMatchObject({
      code: 'CONFIG',
      exit: 2,
    });
    expect(await readFile(file, 'utf8')).toBe('{"contexts":');
  });

  it('makes the first context the current one and keeps it until another is chosen', async () => {
    await saveContext('local', { url: 'http://127.0.0.1:8000' }, { environment });
    await saveContext('staging', { url: 'https://staging.example' }, { environment });
    expect((await readContexts({ environment })).current).toBe('local');
    await useContext('staging', environment);
    expect((await readContexts({ environment })).current).toBe('staging');
  });

  it('refuses an unknown context with the nearest one', async () => {
    await saveContext('staging', { url: 'https://staging.example' }, { environment });
    await expect(useContext('stagin', environment)).rejects.toMatchObject({
      exit: 2,
      suggestions: expect.arrayContaining(['Did you mean staging?']),
    });
    await expect(useContext('constructor', environment)).rejects.toMatchObject({ exit: 2 });
  });

  it.each(['', '../evil', 'a b', '-x', '__proto__'])('refuses %p as a name', async (name) => {
    await expect(saveContext(name, { url: 'https://a.example' }, { environment })).rejects.toMatchObject({ exit: 2 });
  });
});

describe('what is shown of a context', () => {
  it('never holds the token', () => {
    const view = contextView('local', { url: 'http://127.0.0.1:8000', token: 'secret' }, true);
    expect(JSON.stringify(view)).not.toContain('secret');
    expect(view.loggedIn).toBe(true);
  });

  it('says not logged in once the token has expired', () => {
    const context = { url: 'http://127.0.0.1:8000', token: 't', tokenExpiresAt: '2026-01-01T00:00:00.000Z' };
    expect(contextView('local', context, true, Date.parse('2026-01-01T00:00:00.000Z')).loggedIn).toBe(false);
  });
});
