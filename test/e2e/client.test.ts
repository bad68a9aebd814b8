import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { packageRoot } from '../../src/daemon/resolveHome.js';
import { document } from '../helpers/contract.js';
import { openSale, type Sale } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';

const run = promisify(execFile);

/** Seconds, unless the machine is busy. */
jest.setTimeout(240_000);

let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;
let sale: Sale;
/** A program of somebody else's, who has installed the package. */
let folder: string;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  system = await startSystem({ stores, under: 'children' });
  sale = await openSale(stores, { spike: system.urls.spike, order: system.urls.order }, system.local.secrets);
  folder = await mkdtemp(path.join(tmpdir(), 'client-'));
  const packages = path.join(folder, 'node_modules');
  await mkdir(path.join(packages, '@types'), { recursive: true });
  await symlink(packageRoot(), path.join(packages, 'spikectl'));
  await symlink(path.join(packageRoot(), 'node_modules/@types/node'), path.join(packages, '@types/node'));
  const page = await readFile(path.join(packageRoot(), 'docs/client.md'), 'utf8');
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(path.join(folder, 'buy.js'), /^```js\n([\s\S]*?)^```$/m.exec(page)![1]!);
  const watch = /^```ts\n([\s\S]*?)^```$/m.exec(page)![1]!;
  await writeFile(path.join(folder, 'watch.ts'), `declare const url: string;\n${watch}`);
});

afterAll(async () => {
  await sale.close();
  await system.stop();
  await closeStores();
  await rm(folder, { recursive: true, force: true });
});

describe('the client as a package', () => {
  test('the program of docs/client.md buys and pays', async () => {
    await sale.event({ title: 'lamps for everybody' });
    const { stdout } = await run(process.execPath, ['buy.js'], {
      cwd: folder,
      env: { ...process.env, SHOP_URL: system.urls.ingress },
    });
    expect(stdout).toBe('lamps for everybody: paid\n');
  });

  test('brings its types: the compiler takes the programs of that page, and not one that asks for a field that is not there', async () => {
    const compiler = path.join(packageRoot(), 'node_modules/typescript/bin/tsc');
    const flags = [
      '--noEmit',
      '--checkJs',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
    ];
    const wrong = "import { createShopClient } from 'spikectl/client';\n";
    await writeFile(
      path.join(folder, 'wrong.js'),
      `${wrong}console.log((await createShopClient({ url: '' }).login('', '')).colour);\n`,
    );
    const { stdout } = await run(process.execPath, [compiler, ...flags, 'buy.js', 'watch.ts', 'wrong.js'], {
      cwd: folder,
    }).catch((error: unknown) => error as { stdout: string });
    expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^wrong\.js\(2,\d+\): error TS2339: .*colour/)]);
  });
});

describe('through the ingress', () => {
  test('/openapi.json is the document that is checked in', async () => {
    const answer = await fetch(`${system.urls.ingress}/openapi.json`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual(document);
  });

  test('/api shows every operation, code and schema, and runs and loads nothing from elsewhere', async () => {
    const answer = await fetch(`${system.urls.ingress}/api`);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(page).not.toMatch(/<script|\son\w+=|\sstyle=|<style|https?:\/\/(?!127\.0\.0\.1)/);
    for (const item of Object.values<Record<string, { operationId?: string }>>(document.paths))
      for (const { operationId } of Object.values(item)) if (operationId) expect(page).toContain(`id="${operationId}"`);
    for (const code of Object.keys(document.components.examples as object)) expect(page).toContain(`id="${code}"`);
    for (const name of Object.keys(document.components.schemas as object))
      expect(page).toContain(`id="schema-${name}"`);
    const missing = [...page.matchAll(/href="#([^"]+)"/g)].filter(([, id]) => !page.includes(`id="${id}"`));
    expect(missing).toEqual([]);
  });
});
