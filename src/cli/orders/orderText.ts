import type { OrderHistoryEntry, OrderView } from '../../domain/wire.js';
import { formatFields, formatPrice, formatTime } from '../format.js';
import type { Paint, Style } from '../style.js';
import type { Column } from '../table.js';

const stateStyles: Readonly<Record<OrderView['state'], Style>> = {
  pending: 'yellow',
  ordered: 'cyan',
  paid: 'green',
  cancelled: 'dim',
  expired: 'dim',
  refunded: 'dim',
};

export const orderColumns: Column<OrderView>[] = [
  { name: 'id', value: (order) => order.id },
  { name: 'eventId', value: (order) => order.eventId },
  { name: 'userId', value: (order) => order.userId },
  { name: 'quantity', value: (order) => order.quantity },
  {
    name: 'priceCents',
    heading: 'PRICE',
    value: (order) => order.priceCents,
    show: (order) => formatPrice(order.priceCents),
  },
  { name: 'state', value: (order) => order.state, show: ({ state }, paint) => paint(stateStyles[state], state) },
  { name: 'reservedAt', value: (order) => order.reservedAt, show: (order) => formatTime(order.reservedAt) },
  { name: 'payBefore', value: (order) => order.payBefore, show: (order) => formatTime(order.payBefore) },
  { name: 'eventTitle', value: (order) => order.eventTitle, extra: true },
  { name: 'orderedAt', value: (order) => order.orderedAt, extra: true },
  { name: 'paidAt', value: (order) => order.paidAt, extra: true },
  { name: 'endedAt', value: (order) => order.endedAt, extra: true },
];

/** One order as a person reads it, and all that happened to it, the oldest first. */
export function orderText(order: OrderView, history: readonly OrderHistoryEntry[], paint: Paint): string {
  const { id, eventId, eventTitle, userId, quantity, priceCents, state, payBefore } = order;
  const fields = formatFields([
    ['Id', id],
    ['Event', eventTitle === null ? eventId : `${eventTitle} (${eventId})`],
    ['User', userId],
    ['Quantity', quantity],
    ['Price', `${formatPrice(priceCents)} each`],
    ['State', paint(stateStyles[state], state)],
    ...(state === 'ordered' ? ([['Pay before', formatTime(payBefore)]] as const) : []),
  ]);
  return `${fields}\n\n${paint('bold', 'History')}\n${historyText(history)}`;
}

/** With the milliseconds, because the first steps lie within one second. */
function historyText(history: readonly OrderHistoryEntry[]): string {
  const whatWidth = Math.max(...history.map(({ what }) => what.length));
  const times = history.map(({ at }) => at?.replace('T', ' ') ?? 'time not kept');
  const timeWidth = Math.max(...times.map((time) => time.length));
  return history
    .map(({ what, by, note }, index) => {
      const rest = [by === null ? '' : `by ${by}`, note ?? ''].filter(Boolean).join(': ');
      return `${times[index]!.padEnd(timeWidth)}  ${what.padEnd(whatWidth)}  ${rest}`.trimEnd();
    })
    .join('\n');
}
