import type { AccessAnswer, OrderAnswer, OrdersAnswer, ShopEventsAnswer } from '../../../src/client/answers.js';
import type { OrderView, PurchaseAnswer, TicketAnswer } from '../../../src/domain/wire.js';
import type { Session } from '../session/createSession.js';
import { LoggedOut, Refused } from './failures.js';
import { request, type Answer, type Call } from './request.js';

export type ShopApi = ReturnType<typeof createShopApi>;

/**
 * What one shopper asks the shop, one function a route, with the token that the session has at the time. When it is closed,
 * whatever is still waiting or about to try again ends: it must not go on in the name of whoever logs in next.
 */
export function createShopApi(session: Session) {
  let isClosed = false;
  const get = async <T>(path: string) => (await ask<T>({ method: 'GET', path })).body;

  return {
    listEvents: (query: { limit: number; cursor?: string }) =>
      get<ShopEventsAnswer>(`/users/spike/all?${queryOf(query)}`),
    checkAccess: (eventId: string) => get<AccessAnswer>(`/users/spike/access/${part(eventId)}`),
    async listEventOrders(eventId: string): Promise<OrderView[]> {
      return (await get<OrdersAnswer>(`/users/spike/order/${part(eventId)}`)).orders;
    },

    async fetchTicket(eventId: string): Promise<string> {
      return (await get<TicketAnswer>(`/spike/${part(eventId)}`)).token;
    },
    /** 200 or 202, the order is the shopper's; how far it has come, the list of orders says. */
    async purchase(eventId: string, ticket: string): Promise<PurchaseAnswer> {
      return (await ask<PurchaseAnswer>({ method: 'POST', path: `/spike/${part(eventId)}/${part(ticket)}` })).body;
    },

    listOrders: (query: { limit: number; cursor?: string }) => get<OrdersAnswer>(`/order/all?${queryOf(query)}`),
    async payOrder(orderId: string): Promise<OrderView> {
      return (await ask<OrderAnswer>({ method: 'POST', path: `/order/pay/${part(orderId)}` })).body.order;
    },
    async cancelOrder(orderId: string): Promise<OrderView> {
      return (await ask<OrderAnswer>({ method: 'POST', path: `/order/cancel/${part(orderId)}` })).body.order;
    },

    close(): void {
      isClosed = true;
    },
  };

  async function ask<T>(call: Call): Promise<Answer<T>> {
    const [answered] = await Promise.allSettled([askWithToken<T>(call)]);
    // What was answered meanwhile is nobody's business any more.
    if (isClosed) throw new LoggedOut();
    if (answered.status === 'rejected') throw answered.reason;
    return answered.value;
  }

  async function askWithToken<T>(call: Call): Promise<Answer<T>> {
    const login = session.current();
    if (login === undefined || isClosed) throw new LoggedOut();
    if (Date.now() >= login.renewAtMs) renewInBackground();
    try {
      return await request<T>({ ...call, token: login.token });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      if (error.code !== 'TOKEN_EXPIRED') session.end(login, 'loginLost');
      else await session.renew();
      const renewed = session.current();
      if (renewed === undefined || renewed.token === login.token || isClosed) throw new LoggedOut();
      return request<T>({ ...call, token: renewed.token });
    }
  }

  /** While the token is valid nobody waits for its successor, and one that cannot be had yet is asked for again. */
  function renewInBackground(): void {
    session.renew().catch((error: unknown) => console.warn('the login could not be renewed yet', error));
  }
}

function part(id: string): string {
  return encodeURIComponent(id);
}

function queryOf(query: { limit: number; cursor?: string }): string {
  return new URLSearchParams({ ...query, limit: String(query.limit) }).toString();
}
