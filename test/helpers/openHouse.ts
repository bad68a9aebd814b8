import type { Config } from '../../src/config/settings.js';
import type { StaffRole } from '../../src/domain/staffRole.js';
import type { Route } from '../../src/http/router.js';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { createOrderService } from '../../src/services/order/createOrderService.js';
import { createSpikeService } from '../../src/services/spike/createSpikeService.js';
import { createUserService } from '../../src/services/user/createUserService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { topology } from '../../src/stores/rabbitmq/topology.js';
import { isLifeCurrent } from '../../src/stores/redis/events.js';
import { ask, type Answered, type Question } from './ask.js';
import { eventually } from './eventually.js';
import { openSale, type Sale } from './openSale.js';
import { openStores, type TestStores } from './openStores.js';
import { serve, testConfig, type Served } from './serve.js';
import { undoAll, type Undo } from './undoAll.js';

/** The five services inside the test on stores of their own, with staff of each role logged in. */
export interface House {
  stores: TestStores;
  config: Config;
  sale: Sale;
  urls: { user: string; spike: string; access: string; order: string; admin: string };
  /** All that they answer. */
  routes: Record<keyof House['urls'], readonly Route[]>;
  /** Of the staff that are logged in, by role. */
  tokens: Readonly<Record<StaffRole, string>>;
  /** Asks the admin service as a member of staff; `as` is the role, admin unless said. */
  staff(method: string, route: string, question?: Question & { as?: StaffRole }): Promise<Answered>;
  /** The newest record of the audit log. */
  lastRecord(): Promise<Record<string, unknown>>;
  /** Ends the order service, and starts it again. */
  stopOrder(): Promise<void>;
  startOrder(): Promise<void>;
  close(): Promise<void>;
}

export const STAFF_PASSWORD = 'a password of the staff';
/** Cheap hashes: nobody tests them here. */
const CHEAP = { logN: 4, r: 8, p: 1 };

/** @param overrides settings, or what makes them for the stores of the house, before a service starts */
export async function openHouse(
  overrides: Partial<Config> | ((stores: TestStores) => Partial<Config>) = {},
): Promise<House> {
  const opened: Undo[] = [];
  const close = () => undoAll(opened);
  const open = async <T>(opening: Promise<T>, undo: (it: T) => unknown): Promise<T> => {
    const it = await opening;
    opened.push(() => undo(it));
    return it;
  };
  try {
    const { stores } = await open(openStores(), (it) => it.close());
    const base = testConfig(stores, {
      expireIntervalMs: 100,
      lifeCheckIntervalMs: 100,
      rebuildQuietMs: 100,
      relayIntervalMs: 200,
      addressBurst: 1_000,
      ...(typeof overrides === 'function' ? overrides(stores) : overrides),
    });
    const access = await open(serve(createAccessService, base, { service: 'access' }), (it) => it.stop());
    const config = { ...base, accessUrl: access.url };
    let order: Served | undefined = await open(serve(createOrderService, config, { service: 'order' }), () =>
      order?.stop(),
    );
    const spike = await open(serve(createSpikeService, config, { service: 'spike' }), (it) => it.stop());
    const user = await open(serve(createUserService, config, { service: 'user' }), (it) => it.stop());
    const admin = await open(serve(createAdminService, { ...config, userUrl: user.url }, { service: 'admin' }), (it) =>
      it.stop(),
    );
    const urls = { user: user.url, spike: spike.url, access: access.url, order: order.url, admin: admin.url };
    const sale = await open(openSale({ ...stores, redisUrl: config.redisUrl }, urls, config), (it) => it.close());
    const tokens = await logInStaff(stores, admin.url);
    const staff: House['staff'] = (method, route, { as = 'admin', ...question } = {}) =>
      ask(method, `${admin.url}/admin/${route}`, { token: tokens[as], ...question });
    await untilConsumed(staff);
    // From then on an event that Redis does not have is one that does not exist.
    await eventually(
      () => isLifeCurrent(sale.redis),
      (isCurrent) => isCurrent,
    );
    return {
      stores,
      config,
      sale,
      urls,
      routes: {
        user: user.routes,
        spike: spike.routes,
        access: access.routes,
        order: order.routes,
        admin: admin.routes,
      },
      tokens,
      staff,
      lastRecord: async () => (await staff('GET', 'audit-log?limit=1')).body.entries[0],
      async stopOrder() {
        await order?.stop();
        order = undefined;
      },
      async startOrder() {
        order = await serve(createOrderService, config, { service: 'order' });
        urls.order = order.url;
        await untilConsumed(staff);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A service that is ready has reached the broker; that it takes messages comes a moment later. */
async function untilConsumed(staff: House['staff']): Promise<void> {
  await eventually(
    () => staff('GET', 'queues'),
    ({ body }) =>
      body.queues?.some(
        ({ name, consumers }: { name: string; consumers: number }) => name === topology.queue && consumers > 0,
      ) === true,
  );
}

async function logInStaff(stores: TestStores, url: string): Promise<Record<StaffRole, string>> {
  const tokens = {} as Record<StaffRole, string>;
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    await ensureAdmin(stores.sequelize, { username: role, password: STAFF_PASSWORD, role, cost: CHEAP });
    const answer = await ask('POST', `${url}/admin/login`, { body: { username: role, password: STAFF_PASSWORD } });
    tokens[role] = answer.body.token;
  }
  return tokens;
}
