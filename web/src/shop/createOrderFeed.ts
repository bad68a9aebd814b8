import type { OrderView } from '../../../src/domain/wire.js';
import type { ShopApi } from '../api/createShopApi.js';
import { createPoller, type Poller } from './createPoller.js';
import type { ServerClock } from './createServerClock.js';

export interface OrderFeed extends Poller {
  /** On their way first, then newest first; undefined until the shop has answered. */
  orders(): OrderView[] | undefined;
  /** Takes an order as the shop has just answered it; one that is not in the list yet comes first. */
  put(order: OrderView): void;
  hasMore(): boolean;
  showMore(): void;
}

const PAGE_SIZE = 50;
/** An order on its way, and one whose time to pay is over, change within about a second. */
const BUSY_INTERVAL_MS = 1_000;
/** The others change when the shopper, in another tab, or staff change them. */
const QUIET_INTERVAL_MS = 15_000;

export interface OrderFeedOptions {
  api: Pick<ShopApi, 'listOrders'>;
  clock: ServerClock;
  onChange(): void;
}

/** The shopper's orders, asked for often only while one of them is about to change. */
export function createOrderFeed({ api, clock, onChange }: OrderFeedOptions): OrderFeed {
  let orders: OrderView[] | undefined;
  let next: string | null = null;
  let pages = 1;
  let changes = 0;
  const poller = createPoller({ ask, intervalMs });

  return {
    ...poller,
    orders: () => orders,
    put(order) {
      changes += 1;
      const isListed = orders?.some(({ id }) => id === order.id) ?? false;
      orders = isListed ? orders?.map((known) => (known.id === order.id ? order : known)) : [order, ...(orders ?? [])];
      onChange();
    },
    hasMore: () => next !== null,
    showMore() {
      pages += 1;
      poller.soon();
    },
  };

  async function ask(): Promise<void> {
    const changesBefore = changes;
    const fresh: OrderView[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < pages && (page === 0 || cursor !== null); page += 1) {
      const answer = await api.listOrders({ limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) });
      fresh.push(...answer.orders);
      cursor = answer.next;
    }
    // An answer from before a payment must not make the order look unpaid again.
    if (changes !== changesBefore) {
      poller.soon();
      return;
    }
    next = cursor;
    // One that is stored between two looks of the shop is listed twice.
    orders = [...new Map(fresh.map((order) => [order.id, order])).values()];
    onChange();
  }

  function intervalMs(): number {
    const nowMs = clock.nowMs();
    const changesAt = (orders ?? []).map(({ state, payBefore }) => {
      if (state === 'pending') return nowMs;
      return state === 'ordered' && payBefore !== null ? Date.parse(payBefore) : Number.POSITIVE_INFINITY;
    });
    return Math.min(QUIET_INTERVAL_MS, Math.max(BUSY_INTERVAL_MS, Math.min(...changesAt) - nowMs));
  }
}
