import type { ShopEventView } from '../../../src/domain/wire.js';
import type { ShopApi } from '../api/createShopApi.js';
import { createPoller, type Poller } from './createPoller.js';
import type { ServerClock } from './createServerClock.js';

export interface EventFeed extends Poller {
  /** In the order of the shop, newest first; undefined until it has answered. */
  events(): ShopEventView[] | undefined;
  hasMore(): boolean;
  showMore(): void;
}

/** While something can be bought, or is about to be. */
const BUSY_INTERVAL_MS = 1_000;
/** While nothing changes but the countdown, which needs no answer; thousands wait like this on lines that cost them money. */
const QUIET_INTERVAL_MS = 4_000;
const SOON_MS = 30_000;
const PAGE_SIZE = 50;

export interface EventFeedOptions {
  api: Pick<ShopApi, 'listEvents'>;
  clock: ServerClock;
  onChange(): void;
  onTurn(hasAnswered: boolean): void;
}

/** The sale events with their live stock, about a second old. */
export function createEventFeed({ api, clock, onChange, onTurn }: EventFeedOptions): EventFeed {
  let events: ShopEventView[] | undefined;
  let next: string | null = null;
  let pages = 1;
  const poller = createPoller({ ask, intervalMs, onTurn });

  return {
    ...poller,
    events: () => events,
    hasMore: () => next !== null,
    showMore() {
      pages += 1;
      poller.soon();
    },
  };

  async function ask(): Promise<void> {
    const fresh: ShopEventView[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < pages && (page === 0 || cursor !== null); page += 1) {
      const askedAt = performance.now();
      const answer = await api.listEvents({ limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) });
      clock.correct(answer.serverTime, askedAt, performance.now());
      fresh.push(...answer.events);
      cursor = answer.next;
    }
    next = cursor;
    events = [...fresh, ...endedMeanwhile(fresh)];
    onChange();
  }

  function intervalMs(): number {
    const isBusy = (events ?? []).some(({ state, startsAt }) => {
      if (state !== 'scheduled') return state === 'open' || state === 'paused';
      return Date.parse(startsAt) - clock.nowMs() <= SOON_MS;
    });
    return isBusy ? BUSY_INTERVAL_MS : QUIET_INTERVAL_MS;
  }

  /** The shop lists no event that is over; whoever was looking at one is told that it is. */
  function endedMeanwhile(fresh: readonly ShopEventView[]): ShopEventView[] {
    const listed = new Set(fresh.map(({ id }) => id));
    return (events ?? [])
      .filter(({ id, endsAt }) => !listed.has(id) && Date.parse(endsAt) <= clock.nowMs())
      .map((event) => ({ ...event, state: 'ended' }));
  }
}
