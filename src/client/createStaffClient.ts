import type { StaffRole } from '../domain/staffRole.js';
import type {
  AdminAnswer,
  AuditLogAnswer,
  CommoditiesAnswer,
  CommodityAnswer,
  DeletedAnswer,
  EventChange,
  NewEvent,
  OrderAnswer,
  OrderFilter,
  OrdersAnswer,
  Page,
  QueuesAnswer,
  StaffAuditAnswer,
  StaffEventAnswer,
  StaffEventsAnswer,
  StaffTokenAnswer,
  UserAnswer,
  UsersAnswer,
} from './answers.js';
import { createHttp, type Call, type HttpOptions } from './createHttp.js';

/** An audit reads every order of an event: a million of them take about this long on a small machine. */
const AUDIT_TIMEOUT_MS = 120_000;

export type StaffClient = ReturnType<typeof createStaffClient>;

export interface StaffClientOptions extends HttpOptions {
  /** Undefined before login. */
  token?: string | undefined;
}

/** What staff can do, one function a route, as one member of staff. */
export function createStaffClient({ token, ...options }: StaffClientOptions) {
  const http = createHttp(options);
  const get = async <T>(path: string, query?: Call['query']) =>
    (await http.call<T>({ method: 'GET', path: `/admin${path}`, token, query })).body;
  const send = async <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    (await http.call<T>({ method, path: `/admin${path}`, token, body })).body;

  return {
    login: (username: string, password: string) => send<StaffTokenAnswer>('POST', '/login', { username, password }),
    refreshToken: () => get<StaffTokenAnswer>('/auth/refresh_token'),
    me: () => get<AdminAnswer>('/me'),
    createAdmin: (username: string, password: string, role: StaffRole) =>
      send<AdminAnswer>('POST', '/admins', { username, password, role }),

    listEvents: (page: Page = {}) => get<StaffEventsAnswer>('/spike/all', { ...page }),
    showEvent: (id: string) => get<StaffEventAnswer>(`/spike/${part(id)}`),
    createEvent: (event: NewEvent) => send<StaffEventAnswer>('POST', '/spike/add', event),
    changeEvent: (id: string, change: EventChange) => send<StaffEventAnswer>('PUT', `/spike/${part(id)}`, change),
    deleteEvent: (id: string) => send<DeletedAnswer>('DELETE', `/spike/${part(id)}`),
    pauseEvent: (id: string) => send<StaffEventAnswer>('POST', `/spike/${part(id)}/pause`),
    resumeEvent: (id: string) => send<StaffEventAnswer>('POST', `/spike/${part(id)}/resume`),
    closeEvent: (id: string) => send<StaffEventAnswer>('POST', `/spike/${part(id)}/close`),

    listCommodities: (page: Page = {}) => get<CommoditiesAnswer>('/commodities', { ...page }),
    createCommodity: (name: string, description?: string) =>
      send<CommodityAnswer>('POST', '/commodities', { name, ...(description === undefined ? {} : { description }) }),

    listOrders: (filter: OrderFilter & Page = {}) => get<OrdersAnswer>('/orders', { ...filter }),
    showOrder: (id: string) => get<OrderAnswer>(`/orders/${part(id)}`),

    listQueues: () => get<QueuesAnswer>('/queues'),
    /** Without an event: all of them. */
    audit: async (eventId?: string) => {
      const answerTimeoutMs = AUDIT_TIMEOUT_MS;
      return (
        await http.call<StaffAuditAnswer>({
          method: 'GET',
          path: '/admin/audit',
          token,
          query: { eventId },
          answerTimeoutMs,
        })
      ).body;
    },
    listAuditLog: (page: Page = {}) => get<AuditLogAnswer>('/audit-log', { ...page }),

    listUsers: (filter: { phone?: string } & Page = {}) => get<UsersAnswer>('/users', { ...filter }),
    showUser: (id: string) => get<UserAnswer>(`/users/${part(id)}`),
    /** Puts the user on the deny list, which rules with `untrustworthy` ask. */
    denyUser: (id: string, reason: string) => send<UserAnswer>('POST', `/users/${part(id)}/deny`, { reason }),
    allowUser: (id: string) => send<UserAnswer>('DELETE', `/users/${part(id)}/deny`),
    /** Locks the account. */
    blockUser: (id: string) => send<UserAnswer>('POST', `/users/${part(id)}/block`),
    unblockUser: (id: string) => send<UserAnswer>('DELETE', `/users/${part(id)}/block`),

    close: () => http.close(),
  };
}

function part(id: string): string {
  return encodeURIComponent(id);
}
