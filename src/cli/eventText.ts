import type { StaffEventView } from '../domain/wire.js';
import { funnelText } from './events/funnelText.js';
import { formatFields, formatPrice, formatTime } from './format.js';
import type { Column } from './table.js';
import type { Paint, Style } from './style.js';

const stateStyles: Readonly<Record<StaffEventView['state'], Style>> = {
  scheduled: 'cyan',
  open: 'green',
  paused: 'yellow',
  ended: 'dim',
  closed: 'dim',
};

export const eventColumns: Column<StaffEventView>[] = [
  { name: 'id', value: (event) => event.id },
  { name: 'key', value: (event) => event.key, extra: true },
  { name: 'title', value: (event) => event.title },
  { name: 'state', value: (event) => event.state, show: ({ state }, paint) => paint(stateStyles[state], state) },
  {
    name: 'priceCents',
    heading: 'PRICE',
    value: (event) => event.priceCents,
    show: (event) => formatPrice(event.priceCents),
  },
  { name: 'quantity', value: (event) => event.quantity },
  { name: 'available', value: (event) => event.available },
  { name: 'pending', value: (event) => event.pending },
  { name: 'sold', value: (event) => event.sold },
  { name: 'startsAt', value: (event) => event.startsAt, show: (event) => formatTime(event.startsAt) },
  { name: 'endsAt', value: (event) => event.endsAt, show: (event) => formatTime(event.endsAt) },
  { name: 'commodity', value: (event) => event.commodity.name, extra: true },
  { name: 'commodityId', value: (event) => event.commodity.id, extra: true },
  { name: 'purchaseLimit', value: (event) => event.purchaseLimit, extra: true },
  { name: 'paymentWindowSeconds', value: (event) => event.paymentWindowSeconds, extra: true },
  { name: 'fence', value: (event) => event.fence, extra: true },
  { name: 'createdAt', value: (event) => event.createdAt, extra: true },
  { name: 'updatedAt', value: (event) => event.updatedAt, extra: true },
];

/** One event as a person reads it. Stock that Redis cannot tell at the moment is said to be unknown, never shown as 0. */
export function eventText(event: StaffEventView, paint: Paint): string {
  const { limits, times } = event;
  const ownLimits = Object.keys(event.ownLimits);
  const unknown = 'unknown (Redis does not answer or rebuilds)';
  const rule = event.rule.map(
    ({ name, rule: own }) => `${name} ${typeof own === 'string' ? own : JSON.stringify(own)}`,
  );
  const fields = formatFields([
    ['Id', event.id],
    ['Key', event.key],
    ['Title', event.title],
    ['Commodity', `${event.commodity.name} (${event.commodity.id})`],
    ['State', paint(stateStyles[event.state], event.state)],
    ['Price', formatPrice(event.priceCents)],
    ['Quantity', event.quantity],
    ['Available', event.available ?? unknown],
    ['Pending', event.pending ?? unknown],
    ['Sold', event.sold],
    ['Limit', `${event.purchaseLimit} per user`],
    ['Starts', formatTime(event.startsAt)],
    ['Ends', formatTime(event.endsAt)],
    ['Pay within', `${event.paymentWindowSeconds} s`],
    ['Rule', rule.length === 0 ? 'none: everybody may buy' : rule.join(' → ')],
    [
      'Limits',
      `${limits.userRatePerSecond}/s per user, bursts of ${limits.userBurst}; ` +
        `queue factor ${limits.queueFactor}; ${limits.maxInFlight} in flight` +
        (ownLimits.length === 0 ? '' : ` (its own: ${ownLimits.join(', ')})`),
    ],
    ['First sold', formatTime(times.firstAcceptedAt)],
    ['Last sold', formatTime(times.lastAcceptedAt)],
  ]);
  return `${fields}\n\n${paint('bold', 'Answers to purchases')}\n${funnelText(event, paint)}`;
}
