import type { z } from 'zod';
import type { Handler, Step } from '../../http/context.js';
import type { Registrar } from '../../http/router.js';
import { createBody, query } from '../../http/validate.js';
import * as schemas from './schemas.js';
import type { StaffAuth, Staffed } from './staffAuth.js';

interface Body<Schema extends z.ZodType> {
  body: z.output<Schema>;
}
interface Query<Schema extends z.ZodType> {
  query: z.output<Schema>;
}

export interface AdminRoutes {
  staffAuth: StaffAuth;
  addressLimit(route: string): Step;
  bodyBytesMax: number;
  login: Handler<Body<typeof schemas.loginSchema>>;
  refreshToken: Handler<Staffed>;
  showMe: Handler<Staffed>;
  createAdmin: Handler<Staffed & Body<typeof schemas.newAdminSchema>>;
  listEvents: Handler<Query<typeof schemas.pageSchema>>;
  showEvent: Handler;
  createEvent: Handler<Staffed & Body<typeof schemas.newEventSchema>>;
  changeEvent: Handler<Staffed & Body<typeof schemas.eventChangeSchema>>;
  deleteEvent: Handler<Staffed>;
  pauseEvent: Handler<Staffed>;
  resumeEvent: Handler<Staffed>;
  closeEvent: Handler<Staffed>;
  listCommodities: Handler<Query<typeof schemas.pageSchema>>;
  createCommodity: Handler<Staffed & Body<typeof schemas.newCommoditySchema>>;
  listOrders: Handler<Query<typeof schemas.ordersSchema>>;
  showOrder: Handler;
  listQueues: Handler;
  audit: Handler<Query<typeof schemas.auditSchema>>;
  listAuditLog: Handler<Query<typeof schemas.pageSchema>>;
  listUsers: Handler<Query<typeof schemas.usersSchema>>;
  showUser: Handler;
  denyUser: Handler<Staffed & Body<typeof schemas.denySchema>>;
  allowUser: Handler<Staffed>;
  blockUser: Handler<Staffed>;
  unblockUser: Handler<Staffed>;
}

/** Every route but login stands behind a role: a route is registered through the role that it needs, or not at all. */
export function registerRoutes(route: Registrar, handlers: AdminRoutes): void {
  const { staffAuth, addressLimit } = handlers;
  const body = createBody(handlers.bodyBytesMax);
  const viewer = route.behind(staffAuth.atLeast('viewer'));
  const operator = route.behind(staffAuth.atLeast('operator'));
  const admin = route.behind(staffAuth.atLeast('admin'));

  route.post('/admin/login', addressLimit('admin-login'), body(schemas.loginSchema), handlers.login);
  route.get('/admin/auth/refresh_token', staffAuth.refresh, handlers.refreshToken);
  viewer.get('/admin/me', handlers.showMe);
  admin.post('/admin/admins', body(schemas.newAdminSchema), handlers.createAdmin);

  viewer.get('/admin/spike/all', query(schemas.pageSchema), handlers.listEvents);
  viewer.get('/admin/spike/:id', handlers.showEvent);
  operator.post('/admin/spike/add', body(schemas.newEventSchema), handlers.createEvent);
  operator.put('/admin/spike/:id', body(schemas.eventChangeSchema), handlers.changeEvent);
  operator.delete('/admin/spike/:id', handlers.deleteEvent);
  operator.post('/admin/spike/:id/pause', handlers.pauseEvent);
  operator.post('/admin/spike/:id/resume', handlers.resumeEvent);
  operator.post('/admin/spike/:id/close', handlers.closeEvent);

  viewer.get('/admin/commodities', query(schemas.pageSchema), handlers.listCommodities);
  operator.post('/admin/commodities', body(schemas.newCommoditySchema), handlers.createCommodity);

  viewer.get('/admin/orders', query(schemas.ordersSchema), handlers.listOrders);
  viewer.get('/admin/orders/:id', handlers.showOrder);

  viewer.get('/admin/queues', handlers.listQueues);
  viewer.get('/admin/audit', query(schemas.auditSchema), handlers.audit);
  viewer.get('/admin/audit-log', query(schemas.pageSchema), handlers.listAuditLog);

  viewer.get('/admin/users', query(schemas.usersSchema), handlers.listUsers);
  viewer.get('/admin/users/:id', handlers.showUser);
  operator.post('/admin/users/:id/deny', body(schemas.denySchema), handlers.denyUser);
  operator.delete('/admin/users/:id/deny', handlers.allowUser);
  operator.post('/admin/users/:id/block', handlers.blockUser);
  operator.delete('/admin/users/:id/block', handlers.unblockUser);
}
