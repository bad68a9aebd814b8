import { newUserSchema } from '../../../domain/newUser.js';
import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createAllowUser } from './allowUser.js';
import { createBlockUser } from './blockUser.js';
import { createCreateUser } from './createUser.js';
import { createCreateUsers } from './createUsers.js';
import { createDenyUser } from './denyUser.js';
import { createListUsers } from './listUsers.js';
import { blockSchema, denySchema, newUsersSchema, unblockSchema, usersSchema } from './schemas.js';
import { createShowUser } from './showUser.js';
import { createUnblockUser } from './unblockUser.js';

/** The shoppers. */
export function registerUserRoutes({ viewer, operator, body }: Guards, deps: AdminDeps): void {
  const { stores, passwords, nationalIdKey } = deps;
  const seals = { passwords, nationalIdKey };
  viewer.get('/admin/users', query(usersSchema), createListUsers(stores));
  viewer.get('/admin/users/:id', createShowUser(stores));
  operator.post('/admin/users', body(newUserSchema), createCreateUser(stores, seals));
  operator.post('/admin/users/bulk', body(newUsersSchema), createCreateUsers(stores, seals));
  operator.post('/admin/users/:id/deny', body(denySchema), createDenyUser(stores));
  operator.delete('/admin/users/:id/deny', createAllowUser(stores));
  operator.post('/admin/users/:id/block', body(blockSchema, { isOptional: true }), createBlockUser(stores));
  operator.delete('/admin/users/:id/block', query(unblockSchema), createUnblockUser(stores));
}
