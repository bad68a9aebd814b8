import type { StaffUserView } from '../../client/answers.js';
import type { OrderView } from '../../domain/wire.js';
import { formatFields, formatPrice, formatTime } from '../format.js';
import type { Paint } from '../style.js';
import type { Column } from '../table.js';

export const userColumns: Column<StaffUserView>[] = [
  { name: 'id', value: (user) => user.id },
  { name: 'phone', value: (user) => user.phone },
  { name: 'name', value: (user) => user.name },
  { name: 'createdAt', value: (user) => user.createdAt, show: (user) => formatTime(user.createdAt) },
  { name: 'blockedAt', value: (user) => user.blockedAt, show: (user) => formatTime(user.blockedAt) },
  { name: 'deniedReason', value: (user) => user.deniedReason },
  { name: 'blockedBy', value: (user) => user.blockedBy, extra: true },
  { name: 'blockedReason', value: (user) => user.blockedReason, extra: true },
  { name: 'birthDate', value: (user) => user.birthDate, extra: true },
  { name: 'workStatus', value: (user) => user.workStatus, extra: true },
  { name: 'nationalId', value: (user) => user.nationalId, extra: true },
];

/** One user as a person reads it, with their last orders. */
export function userText(user: StaffUserView, orders: readonly OrderView[], paint: Paint): string {
  const fields = formatFields([
    ['Id', user.id],
    ['Phone', user.phone],
    ['Name', user.name],
    ['Birth date', user.birthDate],
    ['Work status', user.workStatus],
    ['National id', user.nationalId],
    ['Registered', formatTime(user.createdAt)],
    ['Account', user.blockedAt === null ? paint('green', 'open') : paint('red', blockText(user))],
    ['Deny list', user.deniedReason === null ? 'not on it' : paint('red', `on it: ${user.deniedReason}`)],
  ]);
  return `${fields}\n\n${paint('bold', 'Last orders')}\n${ordersText(orders)}`;
}

/** `user 7 (+491701234567)` */
export function userName({ id, phone }: Pick<StaffUserView, 'id' | 'phone'>): string {
  return `user ${id} (${phone})`;
}

function blockText({ blockedAt, blockedBy, blockedReason }: StaffUserView): string {
  const by = blockedBy === null ? '' : ` by ${blockedBy}`;
  return `blocked since ${formatTime(blockedAt)}${by}${blockedReason === null ? '' : `: ${blockedReason}`}`;
}

function ordersText(orders: readonly OrderView[]): string {
  if (orders.length === 0) return 'none';
  const stateWidth = Math.max(...orders.map(({ state }) => state.length));
  return orders
    .map(({ id, state, reservedAt, quantity, priceCents, eventId, eventTitle }) => {
      const event = eventTitle === null ? `event ${eventId}` : `${eventTitle} (${eventId})`;
      return `${formatTime(reservedAt)}  ${state.padEnd(stateWidth)}  ${quantity} × ${formatPrice(priceCents)}  ${event}  ${id}`;
    })
    .join('\n');
}
