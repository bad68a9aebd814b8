import type { OrderState } from '../../../../src/domain/order.js';
import type { OrderView } from '../../../../src/domain/wire.js';
import { formatPrice } from '../../../src/text/formatPrice.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { Moment } from '../../components/Moment.js';
import { OrderChip } from '../../components/OrderChip.js';
import { Page } from '../../components/Page.js';
import { useDesk } from '../../desk/useDesk.js';
import { usePages } from '../../desk/usePages.js';
import { href, place } from '../../place/place.js';
import { number } from '../../text/format.js';
import { orderTexts as texts } from '../../text/orders.js';
import { OrderFilters } from './OrderFilters.js';

const columns: readonly Column<OrderView>[] = [
  {
    name: 'order',
    heading: texts.order,
    cell: ({ id }) => (
      <a class="id-link" href={href(['orders', id])}>
        {id}
      </a>
    ),
  },
  { name: 'state', heading: texts.state, cell: ({ state }) => <OrderChip state={state} />, isWord: true },
  {
    name: 'event',
    heading: texts.event,
    cell: ({ eventId, eventTitle }) => <a href={href(['events', eventId])}>{eventTitle ?? eventId}</a>,
  },
  {
    name: 'user',
    heading: texts.user,
    cell: ({ userId }) => <a href={href(['users', userId])}>{userId}</a>,
    isWord: true,
  },
  { name: 'units', heading: texts.units, cell: ({ quantity }) => number(quantity), isNumber: true },
  {
    name: 'total',
    heading: texts.total,
    cell: ({ quantity, priceCents }) => formatPrice(quantity * priceCents),
    isNumber: true,
  },
  { name: 'reserved', heading: texts.reserved, cell: ({ reservedAt }) => <Moment at={reservedAt} /> },
];

/** Everybody's orders, the newest first, as the address filters them. */
export function OrdersPage() {
  const { api } = useDesk();
  const { query } = place.value;
  const [eventId, userId, state] = [query.get('event'), query.get('user'), query.get('state')];
  const orders = usePages<OrderView>(
    async (cursor) => {
      const { orders, next } = await api.listOrders({
        eventId: eventId ?? undefined,
        userId: userId ?? undefined,
        state: (state as OrderState | null) ?? undefined,
        limit: 50,
        cursor,
      });
      return { rows: orders, next };
    },
    [eventId, userId, state],
  );
  return (
    <Page title={texts.title}>
      <OrderFilters key={query.toString()} event={eventId ?? ''} user={userId ?? ''} state={state ?? ''} />
      <DataTable
        caption={texts.title}
        columns={columns}
        rows={orders.rows}
        keyOf={({ id }) => id}
        empty={texts.empty}
        isKnown={orders.isKnown}
        failure={orders.failure}
        onRetry={orders.reload}
        more={orders.more}
      />
    </Page>
  );
}
