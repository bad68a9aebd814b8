import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { readBlocks, typeBlocks } from '../helpers/pageExamples.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';
import { requireSuccess } from '../helpers/systemRunners.js';

const SPIKECTL = fileURLToPath(new URL('../../bin/spikectl.js', import.meta.url));
/** What acts on the whole machine is typed by the tests of `up`, `down` and `doctor`. */
const OF_THE_MACHINE = /^(npm start|npx spikectl (status|doctor|down))/m;

jest.setTimeout(400_000);

let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;

/** With the one sale that `npm start` makes. */
beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  system = await startSystem({ stores, under: 'children' });
  requireSuccess(await system.cli(['commodity', 'create', 'Demo headphones']));
  const demo = ['--title', 'Demo sale', '--commodity', 'Demo headphones', '--price', '49.99', '--stock', '100'];
  requireSuccess(await system.cli(['event', 'create', ...demo]));
});

afterAll(async () => {
  await system.stop();
  await closeStores();
});

test('the quick start in Chinese leads from a new event through a rush to an audit that finds nothing', async () => {
  const blocks = readBlocks('docs/quick-start.zh.md').filter(({ text }) => !OF_THE_MACHINE.test(text));
  const printed = await typeBlocks(blocks, {
    environment: { ...system.operatorEnvironment, SPIKECTL },
    first: 'npx() { shift; node "$SPIKECTL" "$@"; }',
  });
  const output = [...printed.values()].join('\n');
  expect(output).toContain('限量球鞋');
  expect(output).toMatch(/✓ .*duplicates.*: none/);
  expect(output).toMatch(/✓ Event 2 午间秒杀: 100 = 0 available \+ 0 pending \+ 100 sold/);
});
