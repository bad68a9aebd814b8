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

const INTERVAL_MS = 1_000;
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
  const poller = createPoller({ ask, intervalMs: () => INTERVAL_MS, onTurn });

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

  /** The shop lists no event that is over; whoever was looking at one is told that it is. */
  function endedMeanwhile(fresh: readonly ShopEventView[]): ShopEventView[] {
    const listed = new Set(fresh.map(({ id }) => id));
    return (events ?? [])
      .filter(({ id, endsAt }) => !listed.has(id) && Date.parse(endsAt) <= clock.nowMs())
      .map((event) => ({ ...event, state: 'ended' }));
  }
}
