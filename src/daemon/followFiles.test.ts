import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { followFiles } from './followFiles.js';
import { tailFile } from './tailFile.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-follow-'));
  file = path.join(folder, 'a.log');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function until(condition: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 15_000;
  while (!condition() && performance.now() < deadlineMs) await sleep(20);
}

describe('reading logs', () => {
  test('the tail is the last lines, and of a missing file there are none', async () => {
    await writeFile(file, 'one\ntwo\nthree\n');
    expect(await tailFile(file, 2)).toEqual(['two', 'three']);
    expect(await tailFile(path.join(folder, 'none'), 2)).toEqual([]);
  });

  test('following prints whole lines as they come, also of a file that is begun anew or did not exist', async () => {
    await writeFile(file, 'before\n');
    const later = path.join(folder, 'later.log');
    const printed: string[] = [];
    const stop = new AbortController();
    const files = [
      { name: 'a', file },
      { name: 'later', file: later },
    ];
    const following = followFiles({
      files,
      print: (name, line) => printed.push(`${name}:${line}`),
      signal: stop.signal,
    });
    // It follows from the end that the file has when it begins: the first line that it prints says that it has begun.
    let lines = 0;
    while (printed.length === 0) {
      await appendFile(file, `${(lines += 1)}\n`);
      await sleep(20);
    }
    await until(() => printed.at(-1) === `a:${lines}`);
    printed.length = 0;
    await appendFile(file, 'half');
    await writeFile(later, 'first\n');
    await until(() => printed.length === 1);
    await appendFile(file, ' and half\n');
    await until(() => printed.length === 2);
    await writeFile(file, 'anew\n');
    await until(() => printed.length === 3);
    stop.abort();
    await following;
    expect(printed).toEqual(['later:first', 'a:half and half', 'a:anew']);
  });
});
