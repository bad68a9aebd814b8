import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { NoAnswer } from '../helpers/ask.js';
import { eventually } from '../helpers/eventually.js';
import { openSale, type Sale, type Shopper } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';

/** For a whole sale of thousands of requests, the silence of connections that were on their way to a killed process included. */
const SALE_DEADLINE_MS = 300_000;

/** The five services under pm2, as `spikectl daemon` runs them; purchases go through the ingress. */
let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;
let sale: Sale;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  system = await startSystem({
    stores,
    under: 'pm2',
    environment: { SPIKE_SPIKE_INSTANCES: '2', SPIKE_RELAY_AFTER_MS: '1500', SPIKE_USER_BURST: '1000' },
  });
  const { ingress } = system.urls;
  const userJwtSecret = system.local.secrets.userJwtSecret;
  sale = await openSale(stores, { spike: ingress, order: ingress }, { userJwtSecret });
}, 180_000);

afterAll(async () => {
  await sale?.close();
  await system?.stop();
  await closeStores();
}, 120_000);

interface Accepted {
  shopper: Shopper;
  orderId: string;
}

/**
 * Every shopper sends as many purchase requests as told, one after the other, with a ticket of its own for each, and goes on
 * whatever the answer is: also when the process that should have answered was killed. Only no answer at all is no answer.
 */
async function fire(eventId: string, shoppers: readonly Shopper[], requests: number): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  await Promise.all(
    shoppers.map(async (shopper) => {
      for (let request = 0; request < requests; request += 1) {
        const answer = await sale.buy(shopper, eventId).catch((error: unknown) => {
          if (error instanceof NoAnswer) throw error;
        });
        if (answer?.status === 200 || answer?.status === 202) accepted.push({ shopper, orderId: answer.body.orderId });
      }
    }),
  );
  return accepted;
}

async function expectEveryPromiseKept(
  eventId: string,
  accepted: readonly Accepted[],
  { quantity, purchaseLimit }: { quantity: number; purchaseLimit: number },
): Promise<void> {
  for (const { shopper, orderId } of accepted) await sale.orderIn(shopper, orderId, 'ordered');
  await sale.auditAtRest(eventId);
  const run = await system.cli(['audit', eventId, '--json']);
  expect(run.code).toBe(0);
  const [event] = run.json().events;
  expect(run.json()).toMatchObject({ ok: true });
  expect(event).toMatchObject({ ok: true, quantity, pending: 0, oversold: 0, lost: [], duplicates: [], overLimit: [] });
  expect(event.available + event.pending + event.sold).toBe(quantity);
  const units = new Map<string, number>();
  for (const { shopper } of accepted) units.set(shopper.userId, (units.get(shopper.userId) ?? 0) + 1);
  for (const count of units.values()) expect(count).toBeLessThanOrEqual(purchaseLimit);
}

describe('500 users with 20 requests each, for 100 units', () => {
  test.each([1, 3])(
    'get exactly 100 orders at a limit of %i, and the audit says so',
    async (purchaseLimit) => {
      const eventId = await sale.event({ quantity: 100, purchaseLimit });
      const accepted = await fire(eventId, await sale.shoppers(500), 20);
      expect(new Set(accepted.map(({ orderId }) => orderId)).size).toBe(100);
      await expectEveryPromiseKept(eventId, accepted, { quantity: 100, purchaseLimit });
      const [row] = (await stores.sequelize.query('SELECT COUNT(*) AS orders FROM orders WHERE event_id = :eventId', {
        replacements: { eventId },
      })) as unknown as [{ orders: number }[]];
      expect(row[0]!.orders).toBe(100);
    },
    SALE_DEADLINE_MS,
  );
});

describe('kill -9 in the middle of a burst', () => {
  test.each(['order', 'spike'] as const)(
    'of the %s service loses no accepted order; pm2 starts it again',
    async (name) => {
      const quantity = 1_500;
      const eventId = await sale.event({ quantity });
      const shoppers = await sale.shoppers(400);
      const before = await system.pids(name);
      const firing = fire(eventId, shoppers, 4);
      await sleep(400);
      process.kill(before[0]!, 'SIGKILL');
      await sleep(600);
      const again = await system.pids(name);
      if (again[0] !== undefined && again[0] !== before[0]) process.kill(again[0], 'SIGKILL');
      const accepted = await firing;
      expect(accepted.length).toBeGreaterThan(100);
      await system.waitUntilReady();
      await expectEveryPromiseKept(eventId, accepted, { quantity, purchaseLimit: 1 });
      // One process of several that answers says nothing of the others.
      await eventually(
        () => system.pids(name),
        (pids) => pids.length === before.length && !pids.includes(before[0]!),
        60_000,
      );
    },
    SALE_DEADLINE_MS,
  );
});
