import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './withLock.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-lock-'));
  file = path.join(folder, 'lock');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a lock', () => {
  test('lets one in at a time', async () => {
    let inside = 0;
    let insideMax = 0;
    const enter = () =>
      withLock(file, { waitMs: 5_000 }, async () => {
        inside += 1;
        insideMax = Math.max(insideMax, inside);
        await sleep(5);
        inside -= 1;
      });
    await Promise.all([enter(), enter(), enter()]);
    expect(insideMax).toBe(1);
  });

  test('is gone after a failure too', async () => {
    const failing = withLock(file, { waitMs: 0 }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  test('whose holder has died is taken over', async () => {
    await writeFile(file, JSON.stringify({ pid: process.pid, startedAt: 'before this one' }));
    expect(await withLock(file, { waitMs: 0 }, () => Promise.resolve('in'))).toBe('in');
  });

  test('that stays held is told with its holder', async () => {
    await withLock(file, { waitMs: 0 }, async () => {
      const second = withLock(file, { waitMs: 50 }, () => Promise.resolve());
      await expect(second).rejects.toMatchObject({
        code: 'BUSY',
        exit: 6,
        message: expect.stringContaining(`process ${process.pid}`),
      });
    });
  });
});
