import { LoggedOut, Refused } from '../../src/api/failures.js';
import { request, type Call } from '../../src/api/request.js';
import type { StaffSession } from '../session/createStaffSession.js';

/** What stands behind the question mark; what is undefined or empty is left out. */
type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Caller {
  get<T>(path: string, query?: Query, timeoutMs?: number): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, timeoutMs?: number): Promise<T>;
}

/**
 * Asks the admin service with the token that the session has at the time. A token that has run out is exchanged and the question
 * asked again; one that is not good any more asks for the password.
 */
export function createCaller(session: StaffSession): Caller {
  return {
    get: (path, query = {}, timeoutMs) =>
      ask({ method: 'GET', path: `/admin${path}${queryText(query)}`, ...timeout(timeoutMs) }),
    send: (method, path, body, timeoutMs) =>
      ask({ method, path: `/admin${path}`, ...(body === undefined ? {} : { body }), ...timeout(timeoutMs) }),
  };

  async function ask<T>(call: Call): Promise<T> {
    const login = session.login.value;
    if (login === undefined || session.isLost.value) throw new LoggedOut();
    if (Date.now() >= login.renewAtMs) renewInBackground();
    try {
      return (await request<T>({ ...call, token: login.token })).body;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === 'FORBIDDEN') session.lookAtRole().catch(warn);
      if (error.code === 'TOKEN_EXPIRED') await session.renew();
      else if (error.code === 'TOKEN_INVALID' || error.code === 'UNAUTHENTICATED') session.lose(login.token);
      else throw error;
      const renewed = session.login.value;
      if (renewed === undefined || renewed.token === login.token) throw new LoggedOut();
      return (await request<T>({ ...call, token: renewed.token })).body;
    }
  }

  function renewInBackground(): void {
    session.renew().catch(warn);
  }
}

/** Of an id, so that no id can lead to another route. */
export function part(id: string): string {
  return encodeURIComponent(id);
}

function warn(error: unknown): void {
  console.warn('the login could not be looked after yet', error);
}

function timeout(timeoutMs: number | undefined) {
  return timeoutMs === undefined ? {} : { timeoutMs };
}

function queryText(query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`;
}
