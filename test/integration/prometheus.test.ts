import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { collectRenderValues } from '../../src/delivery/render/collectRenderValues.js';
import { renderAssets } from '../../src/delivery/render/renderAssets.js';
import type { AssetKind } from '../../src/delivery/render/renderValues.js';
import { ask } from '../helpers/ask.js';
import { makeDeadOrder } from '../helpers/deadOrder.js';
import { eventually } from '../helpers/eventually.js';
import { openHouse, type House } from '../helpers/openHouse.js';
import { openPrometheus, type Prometheus } from '../helpers/openPrometheus.js';
import { undoAll, type Undo } from '../helpers/undoAll.js';

const opened: Undo[] = [];
let house: House;
let prometheus: Prometheus;

/** What is rendered, but for where the services are, and that a test has no quarter of a minute to wait. */
beforeAll(async () => {
  house = await openHouse();
  opened.push(() => house.close());
  let config = await rendered('prometheus', 'prometheus.local.yml');
  const ports = { user: 8080, spike: 8081, access: 8082, order: 8084, admin: 8085 };
  for (const [service, port] of Object.entries(ports))
    config = config.replace(`127.0.0.1:${port}`, new URL(house.urls[service as keyof typeof ports]).host);
  config = config.replace(/(scrape|evaluation)_interval: \d+s/g, '$1_interval: 1s');
  const rules = (await rendered('prometheus', 'rules.yaml')).replace(/interval: 15s/g, 'interval: 1s');
  prometheus = await openPrometheus({ 'prometheus.yml': config, 'rules.yaml': rules });
  opened.push(() => prometheus.stop());
});

afterAll(() => undoAll(opened));

async function rendered(kind: AssetKind, file: string): Promise<string> {
  const files = await renderAssets(kind, await collectRenderValues(kind, {}, {}));
  return files.find(({ path }) => path === file)!.content;
}

interface Alert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'pending' | 'firing';
}

async function alerts(): Promise<Alert[]> {
  return ((await prometheus.api('alerts')) as { alerts: Alert[] }).alerts;
}

/** What else the cores have to do is no matter of the rules, nor that five services share the process of a test with the suites before. */
const OF_THE_TEST = ['SpikeEventLoopLag', 'SpikePurchaseLatency', 'SpikeMemoryHigh'];
/** Several rounds of scraping and judging, each of which may have to wait for a core. */
const SEEN_WITHIN_MS = 45_000;
const TEST_DEADLINE_MS = 150_000;
jest.setTimeout(TEST_DEADLINE_MS);

test('a real Prometheus scrapes the five services, and raises a dead letter and missing units, and nothing else', async () => {
  await eventually(
    async () => (await prometheus.api('query', { query: 'sum(up)' })).result[0]?.value[1],
    (up) => up === '5',
    SEEN_WITHIN_MS,
  );
  const { eventId } = await makeDeadOrder(house);
  const { redis } = house.sale;
  await redis.client.hincrby(redis.keys.event(eventId), 'available', -3);
  const isRaised = (name: string, state: Alert['state']) => (all: Alert[]) =>
    all.some(({ labels, state: now }) => labels.alertname === name && now === state);
  const names = (all: readonly Alert[]) =>
    all.map(({ labels }) => labels.alertname!).filter((name) => !OF_THE_TEST.includes(name));
  // A scrape that was late on a busy machine has its alert pending until the next one: only what stays is raised by the sale.
  const raised = await eventually(
    alerts,
    (all) =>
      isRaised('SpikeDeadLetters', 'pending')(all) &&
      isRaised('SpikeInvariantBroken', 'firing')(all) &&
      names(all).length === 2,
    SEEN_WITHIN_MS,
  );
  expect(names(raised).sort()).toEqual(['SpikeDeadLetters', 'SpikeInvariantBroken']);
  expect(raised.find(({ labels }) => labels.alertname === 'SpikeInvariantBroken')).toMatchObject({
    labels: { event: eventId, invariant: 'sum', severity: 'critical' },
    annotations: {
      description: `available + pending + sold of event ${eventId} differs from its quantity by 3 units.`,
      runbook_url: 'docs/runbooks/SpikeInvariantBroken.md',
    },
  });
  await redis.client.hincrby(redis.keys.event(eventId), 'available', 3);
  await eventually(
    alerts,
    (all) => !all.some(({ labels }) => labels.alertname === 'SpikeInvariantBroken'),
    SEEN_WITHIN_MS,
  );
});

/** Nothing has failed, waited or been restarted in this house, so these have nothing to show. */
const EMPTY = ['Oldest message in hand'];

test('every panel of the dashboard has something to show for a sale', async () => {
  const eventId = await house.sale.event({ quantity: 1_000 });
  const shoppers = await house.sale.shoppers(1_500);
  const { panels } = JSON.parse(await rendered('grafana', 'dashboard.json')) as {
    panels: { title: string; targets?: { expr: string }[] }[];
  };
  const queries = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));
  const empty = async () => {
    // A rate needs something that happens: somebody buys, and somebody is refused.
    const shopper = shoppers.pop();
    if (shopper !== undefined) await house.sale.buy(shopper, eventId);
    await ask('GET', `${house.urls.spike}/spike/${eventId}`);
    const shown = await Promise.all(
      queries.map(async ({ title, expr }) => {
        const query = expr
          .replaceAll('$__rate_interval', '10s')
          .replaceAll('$namespace', '.*')
          .replaceAll('$event', '.*');
        const { result } = (await prometheus.api('query', { query })) as { result: { value: [number, string] }[] };
        return { title, isEmpty: result.length === 0 || result.every(({ value }) => value[1] === 'NaN') };
      }),
    );
    return shown.filter(({ isEmpty, title }) => isEmpty && !EMPTY.includes(title)).map(({ title }) => title);
  };
  expect(await eventually(empty, (titles) => titles.length === 0, SEEN_WITHIN_MS)).toEqual([]);
});
