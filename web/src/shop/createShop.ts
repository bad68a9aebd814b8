import type { OrderView, ShopEventView } from '../../../src/domain/wire.js';
import type { ShopApi } from '../api/createShopApi.js';
import { createPurchases, type Purchases } from '../purchase/createPurchases.js';
import { createUnfinished } from '../purchase/createUnfinished.js';
import type { Store } from '../session/openStore.js';
import { createAccessFeed, type AccessFeed } from './createAccessFeed.js';
import { createEventFeed, type EventFeed } from './createEventFeed.js';
import { createOrderActions, type OrderActions } from './createOrderActions.js';
import { createOrderFeed, type OrderFeed } from './createOrderFeed.js';
import { createServerClock, type ServerClock } from './createServerClock.js';
import { openTabs } from './openTabs.js';

/** What one shopper sees and does, kept up to date from `start` to `stop`. */
export interface Shop {
  clock: ServerClock;
  events: EventFeed;
  orders: OrderFeed;
  access: AccessFeed;
  purchases: Purchases;
  orderActions: OrderActions;
  /** What can be bought first; those that are over last. */
  sortedEvents(): ShopEventView[] | undefined;
  /** The shopper's orders in an event, those that have ended among them. */
  ordersIn(eventId: string): OrderView[];
  titleOf(eventId: string): string | undefined;
  subscribe(listener: () => void): void;
  start(): void;
  stop(): void;
}

export interface ShopOptions {
  api: ShopApi;
  /** Of this tab. */
  store: Store;
  phone: string;
  /** The page was loaded again, and not opened. */
  isReloaded: boolean;
  onConnection(isConnected: boolean): void;
}

export function createShop({ api, store, phone, isReloaded, onConnection }: ShopOptions): Shop {
  const listeners: (() => void)[] = [];
  const onChange = () => listeners.forEach((listener) => listener());
  const clock = createServerClock();
  const events = createEventFeed({ api, clock, onChange, onTurn: onConnection });
  const orders = createOrderFeed({ api, clock, onChange });
  const access = createAccessFeed({ api, eventIds: openEventIds, onChange });
  const lookAgain = () => {
    orders.soon();
    events.soon();
  };
  const tabs = openTabs(phone, lookAgain);
  const onDone = () => {
    lookAgain();
    tabs.tell();
  };
  const purchases = createPurchases({
    api,
    unfinished: createUnfinished(store, phone),
    isReloaded,
    orderIdsOf: (eventId) => ordersIn(eventId).map(({ id }) => id),
    nowMs: clock.nowMs,
    onBought: (eventId, orderId) => orders.put(expectedOrder(eventId, orderId)),
    onChange,
    onDone,
  });
  const orderActions = createOrderActions({ api, onOrder: orders.put, onChange, onDone });

  return {
    clock,
    events,
    orders,
    access,
    purchases,
    orderActions,
    sortedEvents: () =>
      events.events()?.toSorted((one, other) => ranks[one.state] - ranks[other.state] || byTime(one, other)),
    ordersIn,
    titleOf: (eventId) => events.events()?.find(({ id }) => id === eventId)?.title,
    subscribe: (listener) => void listeners.push(listener),
    start() {
      for (const feed of [events, orders, access]) feed.start();
      purchases.resume();
    },
    stop() {
      for (const feed of [events, orders, access]) feed.stop();
      tabs.close();
    },
  };

  /** What the shop will say of an order that it has just promised. */
  function expectedOrder(eventId: string, id: string): OrderView {
    const event = events.events()?.find((known) => known.id === eventId);
    return {
      id,
      eventId,
      eventTitle: event?.title ?? null,
      userId: '',
      quantity: 1,
      priceCents: event?.priceCents ?? 0,
      state: 'pending',
      reservedAt: new Date(clock.nowMs()).toISOString(),
      orderedAt: null,
      payBefore: null,
      paidAt: null,
      endedAt: null,
    };
  }

  function ordersIn(eventId: string): OrderView[] {
    return (orders.orders() ?? []).filter((order) => order.eventId === eventId);
  }

  function openEventIds(): string[] {
    return (events.events() ?? []).filter(({ state }) => state !== 'ended' && state !== 'closed').map(({ id }) => id);
  }
}

/** By time, never by stock or a pause, which would make the list jump while somebody aims at a button. */
const ranks = { open: 0, paused: 0, scheduled: 1, ended: 2, closed: 2 };

function byTime(one: ShopEventView, other: ShopEventView): number {
  return one.startsAt.localeCompare(other.startsAt) || Number(one.id) - Number(other.id);
}
