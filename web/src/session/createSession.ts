import type { TokenAnswer } from '../../../src/domain/wire.js';
import { Refused } from '../api/failures.js';
import { request } from '../api/request.js';
import type { Store } from './openStore.js';

export interface Login {
  /** As the shopper typed it, without what people write between digits. */
  phone: string;
  token: string;
  /** When to ask for the next token, by this machine's clock; never when that clock is of no use. */
  renewAtMs: number;
}

/** Why a login ended. */
export type LoginEnd = 'loggedOut' | 'loginLost' | 'blocked';

export interface Session {
  current(): Login | undefined;
  start(phone: string, answer: TokenAnswer): void;
  /** Ends the login, unless another one has taken its place. */
  end(login: Login, why: LoginEnd): void;
  /** Exchanges the token for a new one; calls at the same time share one request. */
  renew(): Promise<void>;
  subscribe(listener: (login: Login | undefined, why: LoginEnd | undefined) => void): void;
}

const KEY = 'spike.login';
/** Early enough that a renewal can fail for hours and still succeed in time. */
const RENEW_AFTER_SHARE = 0.6;

/**
 * Who is logged in, kept by the browser so that a reload or another tab is logged in too. A token is renewed well before it
 * ends; if this machine's clock is wrong, the shop's TOKEN_EXPIRED does it, which the refresh window allows.
 */
export function createSession(store: Store): Session {
  const listeners: ((login: Login | undefined, why: LoginEnd | undefined) => void)[] = [];
  let login = store.read(KEY) as Login | undefined;
  let renewal: Promise<void> | undefined;
  store.onChangeElsewhere(KEY, (value) => set(value as Login | undefined, 'loggedOut'));

  return {
    current: () => login,
    start(phone, answer) {
      const next = { phone: phone.replace(/[\s().-]/g, ''), token: answer.token, renewAtMs: renewAt(answer.expire) };
      store.write(KEY, next);
      set(next);
    },
    end(ended, why) {
      if (login?.token !== ended.token) return;
      store.write(KEY, undefined);
      set(undefined, why);
    },
    renew() {
      renewal ??= renew().finally(() => (renewal = undefined));
      return renewal;
    },
    subscribe: (listener) => void listeners.push(listener),
  };

  function set(next: Login | undefined, why?: LoginEnd): void {
    if (next === undefined && login === undefined) return;
    const isSamePerson = next !== undefined && next.phone === login?.phone;
    login = next;
    if (!isSamePerson) for (const listener of listeners) listener(next, next === undefined ? why : undefined);
  }

  async function renew(): Promise<void> {
    const old = login;
    if (old === undefined) return;
    try {
      const { body } = await request<TokenAnswer>({
        method: 'GET',
        path: '/users/auth/refresh_token',
        token: old.token,
      });
      if (isOvertaken(old)) return;
      const next = { ...old, token: body.token, renewAtMs: renewAt(body.expire) };
      store.write(KEY, next);
      set(next);
    } catch (error) {
      if (!(error instanceof Refused) || (error.status !== 401 && error.status !== 403)) throw error;
      if (isOvertaken(old)) return;
      store.write(KEY, undefined);
      set(undefined, error.code === 'BLOCKED' ? 'blocked' : 'loginLost');
    }
  }

  /** Another tab may have ended or renewed the login, and its word of that be still on the way: then it is taken at once. */
  function isOvertaken(old: Login): boolean {
    if (login?.token !== old.token) return true;
    const stored = store.read(KEY) as Login | undefined;
    if (stored?.token === old.token) return false;
    set(stored, 'loggedOut');
    return true;
  }
}

function renewAt(expire: string): number {
  const nowMs = Date.now();
  const lifetimeMs = Date.parse(expire) - nowMs;
  return lifetimeMs > 0 ? nowMs + lifetimeMs * RENEW_AFTER_SHARE : Number.MAX_SAFE_INTEGER;
}
