import { setTimeout as sleep } from 'node:timers/promises';
import { clockMs } from './clock.js';
import type { Wire, WireAnswer } from './createWire.js';

interface Held {
  ticket: string;
  /** From here on a new one is fetched while this one is still used. */
  renewAtMs: number;
  expiresAtMs: number;
}

export interface TicketBook {
  /** A ticket of this buyer that is valid now; undefined with the refusal when none is to be had. */
  take(buyer: Holder): Promise<{ ticket: string } | { refusal: WireAnswer }>;
  /** The next one that is taken is a new one. */
  drop(buyer: Holder): void;
}

interface Holder {
  userId: string;
  token: string;
}

/** No answer, not started by their clock, too many, overloaded. */
const worthAsking: ReadonlySet<number> = new Set([0, 425, 429, 503]);
/** So often a 425, a 429, a 503 or a broken connection is tried again before the buyer goes without. */
const ATTEMPTS_MAX = 20;
const PAUSE_MS = 250;
const PAUSE_MAX_MS = 5_000;
/** A ticket with less to live than this may be over when it arrives. */
const EXPIRY_MARGIN_MS = 1_000;
const TIMES_PER_LIFE = 2;

/** The tickets of a worker's buyers, renewed at half their life, beside the requests that are measured. */
export function createTicketBook(wire: Pick<Wire, 'send'>, eventId: string): TicketBook {
  const held = new Map<string, Held>();
  const fetching = new Map<string, Promise<WireAnswer>>();

  async function fetch(buyer: Holder): Promise<WireAnswer> {
    const askedAtMs = clockMs();
    const answer = await patiently(() => wire.send('GET', `/spike/${eventId}`, buyer.token));
    if (answer.code === '') {
      const expiresAtMs = Date.parse(String(answer.body.expire)) - EXPIRY_MARGIN_MS;
      const renewAtMs = askedAtMs + (expiresAtMs - askedAtMs) / TIMES_PER_LIFE;
      held.set(buyer.userId, { ticket: String(answer.body.token), renewAtMs, expiresAtMs });
    }
    return answer;
  }
  function fetchOnce(buyer: Holder): Promise<WireAnswer> {
    let fetched = fetching.get(buyer.userId);
    if (fetched === undefined) {
      fetched = fetch(buyer).finally(() => fetching.delete(buyer.userId));
      fetching.set(buyer.userId, fetched);
    }
    return fetched;
  }
  return {
    async take(buyer) {
      const now = clockMs();
      const own = held.get(buyer.userId);
      if (own !== undefined && now < own.expiresAtMs) {
        if (now > own.renewAtMs) void fetchOnce(buyer);
        return { ticket: own.ticket };
      }
      const answer = await fetchOnce(buyer);
      const fresh = held.get(buyer.userId);
      return answer.code === '' && fresh !== undefined ? { ticket: fresh.ticket } : { refusal: answer };
    },
    drop: ({ userId }) => void held.delete(userId),
  };
}

/** Asks again what is worth it, as long as it was told to wait. */
export async function patiently(ask: () => Promise<WireAnswer>): Promise<WireAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (!worthAsking.has(answer.status) || attempt >= ATTEMPTS_MAX) return answer;
    await sleep(Math.min(PAUSE_MAX_MS, answer.retryAfterMs ?? PAUSE_MS));
  }
}
