import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import { QueryTypes, type Sequelize } from 'sequelize';
import { privateUrl } from '../../../src/daemon/middleware/store.js';
import { readStoreState } from '../../../src/daemon/middleware/storeState.js';
import { settings } from '../../../src/config/settings.js';
import { connectMysql } from '../../../src/stores/mysql/connectMysql.js';
import { createKeys } from '../../../src/stores/redis/keys.js';
import { ask } from '../ask.js';
import { eventually } from '../eventually.js';

/** A system that `spikectl up --demo` has started. */
export interface DemoSystem {
  url: string;
  home: string;
}

/** Two orders of the demo shopper, both stored, one of them paid. */
export async function buyTwice(system: DemoSystem, eventId: string): Promise<{ order: string; paidOrder: string }> {
  const token = await logIn(system);
  const buyStored = async (): Promise<string> => {
    const orderId = await buy(system, token, eventId);
    await eventually(
      () => ask('GET', `${system.url}/order/${orderId}`, { token }),
      ({ body }) => body.order?.state === 'ordered',
    );
    return orderId;
  };
  const [order, paidOrder] = [await buyStored(), await buyStored()];
  await ask('POST', `${system.url}/order/pay/${paidOrder}`, { token });
  return { order, paidOrder };
}

/** An order that MySQL refuses: a count that no order explains leaves no room for it. */
export async function makeDeadLetter(system: DemoSystem, eventId: string): Promise<void> {
  await withCounts(system, eventId, async (sequelize, replacements) => {
    await sequelize.query(
      'INSERT INTO purchase_counts (event_id, user_id, units, units_max) VALUES (:eventId, :userId, 1, 1)',
      { replacements },
    );
    const token = await logIn(system);
    const orderId = await buy(system, token, eventId);
    await untilParked(system, eventId, orderId);
  });
}

async function untilParked({ home }: DemoSystem, eventId: string, orderId: string): Promise<void> {
  const redis = new Redis(privateUrl('redis', (await readStoreState(home, 'redis'))!));
  try {
    const parked = createKeys(settings.redisKeyPrefix.default!).parked(eventId);
    await eventually(
      () => redis.hexists(parked, orderId),
      (count) => count === 1,
    );
  } finally {
    redis.disconnect();
  }
}

/** Takes the cause away, so that the letter can be sent again. */
export async function mendDeadLetter(system: DemoSystem, eventId: string): Promise<void> {
  await withCounts(system, eventId, async (sequelize, replacements) => {
    await sequelize.query('DELETE FROM purchase_counts WHERE event_id = :eventId AND user_id = :userId', {
      replacements,
    });
  });
}

async function logIn(system: DemoSystem): Promise<string> {
  return (await ask('POST', `${system.url}/users/login`, { body: await shopper(system) })).body.token;
}

async function shopper({ home }: DemoSystem): Promise<{ phone: string; password: string }> {
  return JSON.parse(await readFile(path.join(home, 'credentials.json'), 'utf8')).shopper;
}

async function buy({ url }: DemoSystem, token: string, eventId: string): Promise<string> {
  const ticket = await ask('GET', `${url}/spike/${eventId}`, { token });
  return (await ask('POST', `${url}/spike/${eventId}/${ticket.body.token}`, { token })).body.orderId;
}

async function withCounts(
  system: DemoSystem,
  eventId: string,
  use: (sequelize: Sequelize, replacements: { eventId: string; userId: string }) => Promise<void>,
): Promise<void> {
  const state = await readStoreState(system.home, 'mysql');
  const sequelize = connectMysql({ url: privateUrl('mysql', state!), poolMax: 1 });
  try {
    const [user] = await sequelize.query<{ id: string }>('SELECT id FROM users WHERE phone = ?', {
      replacements: [(await shopper(system)).phone],
      type: QueryTypes.SELECT,
    });
    await use(sequelize, { eventId, userId: user!.id });
  } finally {
    await sequelize.close();
  }
}
