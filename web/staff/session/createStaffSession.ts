import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AdminAnswer, StaffTokenAnswer } from '../../../src/client/answers.js';
import type { StaffRole } from '../../../src/domain/staffRole.js';
import { Refused } from '../../src/api/failures.js';
import { request } from '../../src/api/request.js';
import type { Store } from '../../src/session/openStore.js';

interface StaffLogin {
  username: string;
  role: StaffRole;
  token: string;
  /** When to ask for the next token, by this machine's clock; never when that clock is of no use. */
  renewAtMs: number;
}

export interface StaffSession {
  /** Whoever works here, also while their token is no longer good: what they see stays where it is. */
  login: ReadonlySignal<StaffLogin | undefined>;
  /** They have to log in again before anything else can be asked. */
  isLost: ReadonlySignal<boolean>;
  /** @throws what the service says */
  logIn(username: string, password: string): Promise<void>;
  logOut(): void;
  /** Takes the token that a change of the password gave. */
  take(answer: StaffTokenAnswer): void;
  /** The token is not good any more, unless another one has taken its place. */
  lose(token: string): void;
  /** Exchanges the token for a new one; calls at the same time share one request. */
  renew(): Promise<void>;
  /** Asks what this login may do now: somebody may have changed its role. */
  lookAtRole(): Promise<void>;
}

const KEY = 'spike.staff';
/** Early enough that a renewal can fail for hours and still succeed in time. */
const RENEW_AFTER_SHARE = 0.6;

/**
 * Which member of the staff is logged in, kept by the browser so that a reload or another tab is logged in too.
 *
 *     out → in → lost → in
 *
 * `lost` is a login that ended by itself: the page stays as it is, with all that was typed, behind a form that asks for the password.
 */
export function createStaffSession(store: Store): StaffSession {
  const stored = () => store.read(KEY) as StaffLogin | undefined;
  const login = signal(stored());
  const lostToken = signal<string>();
  let renewal: Promise<void> | undefined;
  store.onChangeElsewhere(KEY, (value) => (login.value = value as StaffLogin | undefined));

  const session: StaffSession = {
    login,
    isLost: computed(() => login.value !== undefined && login.value.token === lostToken.value),
    async logIn(username, password) {
      const path = '/admin/login';
      const { body } = await request<StaffTokenAnswer>({ method: 'POST', path, body: { username, password } });
      keep({ username, ...fromAnswer(body) });
    },
    logOut() {
      store.write(KEY, undefined);
      login.value = undefined;
    },
    take(answer) {
      if (login.value !== undefined) keep({ ...login.value, ...fromAnswer(answer) });
    },
    lose(token) {
      if (login.value?.token !== token) return;
      store.write(KEY, undefined);
      lostToken.value = token;
    },
    renew() {
      renewal ??= renew().finally(() => (renewal = undefined));
      return renewal;
    },
    async lookAtRole() {
      const before = login.value;
      if (before === undefined) return;
      const { token } = before;
      const { body } = await request<AdminAnswer>({ method: 'GET', path: '/admin/me', token });
      // The token may have been renewed meanwhile; the role is theirs all the same.
      const now = login.value;
      if (now?.username === before.username && isStored(now.token)) keep({ ...now, role: body.admin.role });
    },
  };
  return session;

  function keep(next: StaffLogin): void {
    store.write(KEY, next);
    login.value = next;
  }

  /** Another tab may have ended or renewed the login, and its word of that be still on the way: then ours is nothing to keep. */
  function isStored(token: string): boolean {
    return stored()?.token === token;
  }

  async function renew(): Promise<void> {
    const old = login.value;
    if (old === undefined) return;
    const { token } = old;
    try {
      const path = '/admin/auth/refresh_token';
      const { body } = await request<StaffTokenAnswer>({ method: 'GET', path, token });
      if (login.value?.token !== token || session.isLost.value) return;
      if (isStored(token)) keep({ ...old, ...fromAnswer(body) });
      else login.value = stored();
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      session.lose(token);
    }
  }
}

function fromAnswer({ token, role, expire }: StaffTokenAnswer): Omit<StaffLogin, 'username'> {
  const nowMs = Date.now();
  const lifetimeMs = Date.parse(expire) - nowMs;
  const renewAtMs = lifetimeMs > 0 ? nowMs + lifetimeMs * RENEW_AFTER_SHARE : Number.MAX_SAFE_INTEGER;
  return { token, role, renewAtMs };
}
