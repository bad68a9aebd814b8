import type { EventLimits } from '../../domain/saleEvent.js';
import type { LoginThrottle } from '../../http/loginThrottle.js';
import type { Passwords } from '../../http/passwords.js';
import type { Tokens } from '../../http/tokens.js';
import type { QueueReader } from '../../stores/rabbitmq/createQueueReader.js';
import type { AdminStores } from './adminStores.js';
import { createAllowUser } from './allowUser.js';
import { createAudit } from './audit.js';
import { createBlockUser } from './blockUser.js';
import { createChangeEvent } from './changeEvent.js';
import { createCreateAdmin } from './createAdmin.js';
import { createCreateCommodity } from './createCommodity.js';
import { createCreateEvent } from './createEvent.js';
import { createDeleteEvent } from './deleteEvent.js';
import { createDenyUser } from './denyUser.js';
import { createListAuditLog } from './listAuditLog.js';
import { createListCommodities } from './listCommodities.js';
import { createListEvents } from './listEvents.js';
import { createListOrders } from './listOrders.js';
import { createListQueues } from './listQueues.js';
import { createListUsers } from './listUsers.js';
import { createLogin } from './login.js';
import { createRefreshToken } from './refreshToken.js';
import type { AdminRoutes } from './routes.js';
import { createShowEvent } from './showEvent.js';
import { showMe } from './showMe.js';
import { createShowOrder } from './showOrder.js';
import { createShowUser } from './showUser.js';
import { createSwitchEvent } from './switchEvent.js';
import { createViewEvent } from './viewEvent.js';

export interface HandlerOptions {
  stores: AdminStores;
  queues: QueueReader;
  tokens: Tokens;
  throttle: LoginThrottle;
  passwords: Passwords;
  /** The limits in force where an event has none of its own. */
  limits: EventLimits;
  stuckAfterSeconds: number;
}

/** Every handler with what it needs. */
export function createHandlers(
  options: HandlerOptions,
): Omit<AdminRoutes, 'staffAuth' | 'addressLimit' | 'bodyBytesMax'> {
  const { stores, queues, tokens, throttle, passwords, stuckAfterSeconds } = options;
  const { userRatePerSecond, userBurst, queueFactor, maxInFlight } = options.limits;
  const view = createViewEvent(stores, { userRatePerSecond, userBurst, queueFactor, maxInFlight });
  return {
    login: createLogin({ sequelize: stores.sequelize, passwords, tokens, throttle }),
    refreshToken: createRefreshToken(tokens),
    showMe,
    createAdmin: createCreateAdmin(stores, passwords),
    listEvents: createListEvents(stores, view),
    showEvent: createShowEvent(stores, view),
    createEvent: createCreateEvent(stores, view),
    changeEvent: createChangeEvent(stores, view),
    deleteEvent: createDeleteEvent(stores),
    pauseEvent: createSwitchEvent(stores, view, 'pause'),
    resumeEvent: createSwitchEvent(stores, view, 'resume'),
    closeEvent: createSwitchEvent(stores, view, 'close'),
    listCommodities: createListCommodities(stores),
    createCommodity: createCreateCommodity(stores),
    listOrders: createListOrders(stores),
    showOrder: createShowOrder(stores),
    listQueues: createListQueues(stores, queues),
    audit: createAudit(stores, stuckAfterSeconds),
    listAuditLog: createListAuditLog(stores),
    listUsers: createListUsers(stores),
    showUser: createShowUser(stores),
    denyUser: createDenyUser(stores),
    allowUser: createAllowUser(stores),
    blockUser: createBlockUser(stores, true),
    unblockUser: createBlockUser(stores, false),
  };
}
