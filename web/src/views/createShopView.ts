import type { ShopEventView } from '../../../src/domain/wire.js';
import { h } from '../dom/h.js';
import { setAttribute, setText } from '../dom/set.js';
import type { Shop } from '../shop/createShop.js';
import type { OfferModel } from '../shop/describeOffer.js';
import { texts } from '../text/texts.js';
import { createEventCard } from './createEventCard.js';
import { createListSection } from './createListSection.js';
import { createOrderItem, type OrderModel } from './createOrderItem.js';
import type { View } from './view.js';

/** Countdowns must not be seen to skip a second. */
const TICK_MS = 250;

/** The sales and the shopper's orders: beside each other where there is room, else one at a time. */
export function createShopView(shop: Shop): View {
  const sales = createListSection<OfferModel>({
    name: 'sales',
    ...texts.sales,
    idOf: ({ event }) => event.id,
    create: (eventId) => createEventCard({ onBuy: () => shop.purchases.start(eventId) }),
    onMore: shop.events.showMore,
  });
  const orders = createListSection<OrderModel>({
    name: 'orders',
    ...texts.orders,
    idOf: ({ order }) => order.id,
    create: (orderId) => createOrderItem({ onAction: (action) => shop.orderActions.run(orderId, action) }),
    onMore: shop.orders.showMore,
  });
  const toPay = h('span', { class: 'count' });
  const links = {
    sales: h('a', { href: '#/sales' }, texts.sales.title),
    orders: h('a', { href: '#/orders' }, texts.orders.title, toPay),
  };
  const element = h(
    'div',
    { class: 'shop' },
    h('h1', { class: 'visually-hidden' }, texts.brand),
    h('nav', { class: 'tabs', 'aria-label': texts.sections }, links.sales, links.orders),
    sales.element,
    orders.element,
  );
  let current: 'sales' | 'orders' = 'sales';
  shop.subscribe(update);
  const ticker = setInterval(update, TICK_MS);
  update();

  return {
    element,
    show(route) {
      current = route === 'orders' ? 'orders' : 'sales';
      setAttribute(element, 'data-current', current);
      setAttribute(links.sales, 'aria-current', current === 'sales' ? 'page' : undefined);
      setAttribute(links.orders, 'aria-current', current === 'orders' ? 'page' : undefined);
      return texts[current].title;
    },
    focus: () => (current === 'orders' ? orders : sales).heading.focus(),
    typed: () => ({}),
    remove: () => clearInterval(ticker),
  };

  function update(): void {
    const nowMs = shop.clock.nowMs();
    const list = shop.orders.orders();
    sales.update(shop.sortedEvents()?.map(offerOf), shop.events.hasMore());
    orders.update(list?.map(orderOf), shop.orders.hasMore());
    const open = list?.filter(({ state }) => state === 'ordered' || state === 'pending').length ?? 0;
    setText(toPay, open === 0 ? '' : String(open));

    function offerOf(event: ShopEventView): OfferModel {
      const { id } = event;
      const [access, purchase] = [shop.access.access(id), shop.purchases.view(id)];
      return { event, orders: shop.ordersIn(id), access, purchase, nowMs };
    }

    function orderOf(order: OrderModel['order']): OrderModel {
      const eventTitle = order.eventTitle ?? shop.titleOf(order.eventId) ?? texts.orders.unknownSale(order.eventId);
      return { order, eventTitle, action: shop.orderActions.view(order.id), nowMs };
    }
  }
}
