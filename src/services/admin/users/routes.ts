import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createAllowUser } from './allowUser.js';
import { createBlockUser } from './blockUser.js';
import { createDenyUser } from './denyUser.js';
import { createListUsers } from './listUsers.js';
import { denySchema, usersSchema } from './schemas.js';
import { createShowUser } from './showUser.js';

/** The shoppers. */
export function registerUserRoutes({ viewer, operator, body }: Guards, { stores }: AdminDeps): void {
  viewer.get('/admin/users', query(usersSchema), createListUsers(stores));
  viewer.get('/admin/users/:id', createShowUser(stores));
  operator.post('/admin/users/:id/deny', body(denySchema), createDenyUser(stores));
  operator.delete('/admin/users/:id/deny', createAllowUser(stores));
  operator.post('/admin/users/:id/block', createBlockUser(stores, true));
  operator.delete('/admin/users/:id/block', createBlockUser(stores, false));
}
