/**
 * What other programs import as `spikectl/client`: the shop's and the staff's side of the HTTP API, their answers, and the two
 * errors that a call can end in. docs/client.md shows it at work.
 */
export { createShopClient, type ShopClient } from './createShopClient.js';
export { createStaffClient, type StaffClient, type StaffClientOptions } from './createStaffClient.js';
export type { HttpOptions } from './createHttp.js';
export { ServiceRefusal, ServiceUnreachable, type UnreachableReason } from './errors.js';
export type { LiveNews } from './staff/live.js';
export type * from './answers.js';
export type * from '../domain/wire.js';
export type * from '../domain/wire/events.js';
export type * from '../domain/wire/live.js';
export type * from '../domain/wire/orders.js';
export type * from '../domain/wire/rules.js';
export type * from '../domain/wire/testBuyers.js';
export type { ErrorCode } from '../domain/errorCatalogue.js';
export type { RefusalDetails } from '../domain/refusalDetails.js';
