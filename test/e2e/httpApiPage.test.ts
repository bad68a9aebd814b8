import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { settings } from '../../src/config/settings.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { differences, readBlocks, typeBlocks } from '../helpers/pageExamples.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';

jest.setTimeout(300_000);

let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  // The page shows the 200 of a broker that confirms in time; on a busy machine that may take longer than the usual second.
  const environment = { [settings.publishConfirmTimeoutMs.env]: '30000' };
  system = await startSystem({ stores, under: 'children', environment });
});

afterAll(async () => {
  await system.stop();
  await closeStores();
});

test('every command of the HTTP API page gives the answer that stands below it', async () => {
  const blocks = readBlocks('docs/http-api.md');
  expect(blocks.filter(({ language }) => language === 'sh').length).toBeGreaterThan(20);
  const printed = await typeBlocks(blocks, {
    environment: {
      URL: system.urls.ingress,
      ACCESS_URL: system.urls.access,
      SERVICE_TOKEN: system.local.secrets.serviceToken,
      STAFF: system.admin.username,
      STAFF_PASSWORD: system.admin.password,
    },
  });
  for (const [index, block] of blocks.entries()) {
    const after = blocks[index + 1];
    if (block.language !== 'sh' || after?.language !== 'json') continue;
    const answer: unknown = JSON.parse(printed.get(block.line)!);
    expect({ line: block.line, differences: differences(JSON.parse(after.text), answer) }).toEqual({
      line: block.line,
      differences: [],
    });
  }
});
