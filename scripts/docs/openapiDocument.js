import { readFileSync } from 'node:fs';
import path from 'node:path';
import { settings } from '../../dist/config/settings.js';
import { createAddressLimit } from '../../dist/http/addressLimit.js';
import { createAuth, createRefreshAuth } from '../../dist/http/auth.js';
import { buildDocument } from '../../dist/http/openapi/buildDocument.js';
import { registerHealthRoutes } from '../../dist/http/healthRoutes.js';
import { healthContract } from '../../dist/http/openapi/healthContract.js';
import { createRouter } from '../../dist/http/router.js';
import { accessContract } from '../../dist/services/access/contract.js';
import { registerRoutes as registerAccess } from '../../dist/services/access/routes.js';
import { allowListContract } from '../../dist/services/admin/allowList/contract.js';
import { commodityContract } from '../../dist/services/admin/commodities/contract.js';
import { staffEventContract } from '../../dist/services/admin/events/contract.js';
import { limitContract } from '../../dist/services/admin/limits/contract.js';
import { liveContract } from '../../dist/services/admin/live/contract.js';
import { staffOrderContract } from '../../dist/services/admin/orders/contract.js';
import { queueContract } from '../../dist/services/admin/queues/contract.js';
import { registerRoutes as registerAdmin } from '../../dist/services/admin/routes.js';
import { ruleContract } from '../../dist/services/admin/rules/contract.js';
import { staffContract } from '../../dist/services/admin/staff/contract.js';
import { testBuyerContract } from '../../dist/services/admin/testBuyers/contract.js';
import { truthContract } from '../../dist/services/admin/truth/contract.js';
import { shopperContract } from '../../dist/services/admin/users/contract.js';
import { orderContract } from '../../dist/services/order/contract.js';
import { registerRoutes as registerOrder } from '../../dist/services/order/routes.js';
import { purchaseContract } from '../../dist/services/spike/contract.js';
import { registerRoutes as registerSpike } from '../../dist/services/spike/routes.js';
import { accountContract, eventContract, internalUserContract } from '../../dist/services/user/contract.js';
import { registerRoutes as registerUser } from '../../dist/services/user/routes.js';
import { wireTypes } from './wireTypes.js';

/**
 * The OpenAPI document: the routes of the five services registered as the services register them, but with nothing behind them,
 * what their contracts say, and the wire types.
 */
export function openapiDocument(root) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return buildDocument({ version, services: describedServices(), types: wireTypes(root) });
}

const adminContracts = [
  staffContract,
  staffEventContract,
  ruleContract,
  allowListContract,
  commodityContract,
  limitContract,
  staffOrderContract,
  shopperContract,
  testBuyerContract,
  queueContract,
  truthContract,
  liveContract,
];

function describedServices() {
  const shopper = { audience: 'shopper' };
  const auth = createAuth(shopper);
  const addressLimit = createAddressLimit(nothing);
  const shop = { auth, refreshAuth: createRefreshAuth(shopper), addressLimit, serviceToken: '' };
  return [
    service('user', registerUser, shop, [accountContract, eventContract, internalUserContract]),
    service('spike', registerSpike, shop, [purchaseContract]),
    service('order', registerOrder, shop, [orderContract]),
    service('admin', registerAdmin, { addressLimit }, adminContracts),
    service('access', registerAccess, { serviceToken: '' }, [accessContract]),
  ];
}

function service(name, register, steps, contracts) {
  const router = createRouter();
  register(router.route, new Proxy(steps, { get: (known, field) => known[field] ?? nothing }));
  registerHealthRoutes(router.route, nothing);
  return {
    name,
    port: settings[`${name}Port`].default,
    routes: router.routes,
    contracts: [...contracts, healthContract],
  };
}

/** Stands for stores and handlers, which registering routes passes on and never asks: any field of it is itself. */
const nothing = new Proxy(() => nothing, {
  get: (_target, field) => (typeof field === 'symbol' || field === 'contract' ? undefined : nothing),
});
