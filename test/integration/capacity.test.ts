import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rabbitmqctl } from '../../src/daemon/middleware/rabbitmqctl.js';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { createOrderService } from '../../src/services/order/createOrderService.js';
import { createSpikeService } from '../../src/services/spike/createSpikeService.js';
import { createUserService } from '../../src/services/user/createUserService.js';
import { eventually } from '../helpers/eventually.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig } from '../helpers/serve.js';
import { testMiddleware } from '../helpers/testMiddleware.js';

let stores: TestStores;
let closeStores: () => Promise<void>;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
});

afterAll(() => closeStores());

const services = {
  user: createUserService,
  spike: createSpikeService,
  access: createAccessService,
  order: createOrderService,
  admin: createAdminService,
};

/** Those of the section "Connections" of docs/capacity.md. */
function documented(): Record<string, { redis: number; rabbitmq: number }> {
  const page = readFileSync(new URL('../../docs/capacity.md', import.meta.url), 'utf8');
  const section = page.split('\n## Connections\n')[1]!.split('\n## ')[0]!;
  const rows = [...section.matchAll(/^\| (\w+) +\| [^|]+ \| (\d+) +\| (\d+) +\|$/gm)];
  return Object.fromEntries(
    rows.map(([, service, redis, rabbitmq]) => [service, { redis: Number(redis), rabbitmq: Number(rabbitmq) }]),
  );
}

test.each(Object.entries(services))('%s opens as many connections as the capacity guide says', async (name, create) => {
  const served = await serve(create, testConfig(stores), { service: name });
  try {
    expect(
      await eventually(connections, (seen) => JSON.stringify(seen) === JSON.stringify(documented()[name])),
    ).toEqual(documented()[name]);
  } finally {
    await served.stop();
  }
});

async function connections(): Promise<{ redis: number; rabbitmq: number }> {
  const list = String(await stores.redis.client('LIST'))
    .trim()
    .split('\n');
  const own = String(await stores.redis.client('ID'));
  const database = `db=${stores.redis.options.db}`;
  const others = list
    .map((line) => line.split(' '))
    .filter((words) => words.includes(database) && !words.includes(`id=${own}`));
  const vhost = new URL(stores.rabbitmqUrl).pathname.slice(1);
  const count = await rabbitmqctl(testMiddleware().home, [
    'eval',
    `length(rabbit_connection_tracking:list(<<"${vhost}">>)).`,
  ]);
  return { redis: others.length, rabbitmq: Number(count) };
}
