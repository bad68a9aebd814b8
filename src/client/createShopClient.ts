import type { PurchaseAnswer, TicketAnswer, TokenAnswer } from '../domain/wire.js';
import type {
  AccessAnswer,
  NewUser,
  OrderAnswer,
  OrdersAnswer,
  Page,
  Purchase,
  RegisterAnswer,
  ShopEventAnswer,
  ShopEventsAnswer,
} from './answers.js';
import { createHttp, type Call, type Http, type HttpOptions } from './createHttp.js';

export type ShopClient = ReturnType<typeof createShopClient>;

/** What a shopper can do, one function a route. Many users share one client: each call says by its token who asks. */
export function createShopClient(options: HttpOptions & { http?: Http }) {
  const http = options.http ?? createHttp(options);
  const get = async <T>(path: string, token?: string, query?: Call['query']) =>
    (await http.call<T>({ method: 'GET', path, token, query })).body;
  const post = async <T>(path: string, token?: string, body?: unknown) =>
    (await http.call<T>({ method: 'POST', path, token, body })).body;

  return {
    register: (user: NewUser) => post<RegisterAnswer>('/users/register', undefined, user),
    login: (phone: string, password: string) => post<TokenAnswer>('/users/login', undefined, { phone, password }),
    refreshToken: (token: string) => get<TokenAnswer>('/users/auth/refresh_token', token),

    /** Events that are over come only when asked for. */
    listEvents: (token: string, { includeEnded, ...page }: Page & { includeEnded?: boolean } = {}) =>
      get<ShopEventsAnswer>('/users/spike/all', token, { ...page, includeEnded: includeEnded ? 'true' : undefined }),
    showEvent: (token: string, eventId: string) => get<ShopEventAnswer>(`/users/spike/${part(eventId)}`, token),
    checkAccess: (token: string, eventId: string) => get<AccessAnswer>(`/users/spike/access/${part(eventId)}`, token),
    /** The user's own orders in one event. */
    listEventOrders: (token: string, eventId: string) =>
      get<OrdersAnswer>(`/users/spike/order/${part(eventId)}`, token),

    fetchTicket: (token: string, eventId: string) => get<TicketAnswer>(`/spike/${part(eventId)}`, token),
    purchase: async (token: string, eventId: string, ticket: string): Promise<Purchase> => {
      const path = `/spike/${part(eventId)}/${part(ticket)}`;
      const { status, body } = await http.call<PurchaseAnswer>({ method: 'POST', path, token });
      return { ...body, httpStatus: status === 202 ? 202 : 200 };
    },

    listOrders: (token: string, filter: Page & { eventId?: string } = {}) =>
      get<OrdersAnswer>('/order/all', token, { ...filter }),
    showOrder: (token: string, orderId: string) => get<OrderAnswer>(`/order/${part(orderId)}`, token),
    payOrder: (token: string, orderId: string) => post<OrderAnswer>(`/order/pay/${part(orderId)}`, token),
    cancelOrder: (token: string, orderId: string) => post<OrderAnswer>(`/order/cancel/${part(orderId)}`, token),

    close: () => http.close(),
  };
}

function part(id: string): string {
  return encodeURIComponent(id);
}
