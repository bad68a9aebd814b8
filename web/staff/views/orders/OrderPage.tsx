import type { StaffOrderAnswer } from '../../../../src/client/answers.js';
import type { OrderHistoryEntry } from '../../../../src/domain/wire.js';
import { formatPrice } from '../../../src/text/formatPrice.js';
import { DataTable } from '../../components/DataTable.js';
import { Facts } from '../../components/Facts.js';
import { Failure } from '../../components/Failure.js';
import { Moment } from '../../components/Moment.js';
import { OrderChip } from '../../components/OrderChip.js';
import { Page } from '../../components/Page.js';
import { Panel } from '../../components/Panel.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { href } from '../../place/place.js';
import { none, number } from '../../text/format.js';
import { orderTexts as texts } from '../../text/orders.js';
import { OrderActions } from './OrderActions.js';

/** One order, with all that happened to it. */
export function OrderPage({ id }: { id: string }) {
  const { api } = useDesk();
  const { data, failure, reload, set } = useLoad<StaffOrderAnswer>(() => api.showOrder(id), [id]);
  return (
    <Page
      title={texts.orderTitle(id)}
      aside={data !== undefined && <OrderChip state={data.order.state} />}
      actions={data !== undefined && <OrderActions order={data.order} onEnded={set} />}
    >
      <Failure failure={failure} onRetry={reload} />
      {data !== undefined && (
        <div class="panels">
          <OrderFacts {...data} />
          <Panel title={texts.history}>
            <DataTable<OrderHistoryEntry>
              caption={texts.history}
              rows={data.history}
              keyOf={(entry) => String(data.history.indexOf(entry))}
              columns={[
                { name: 'at', heading: texts.at, cell: ({ at }) => <Moment at={at} /> },
                { name: 'what', heading: texts.what, cell: ({ what }) => texts.steps[what] },
                { name: 'by', heading: texts.by, cell: ({ by }) => actor(by) },
                { name: 'note', heading: texts.note, cell: ({ note }) => note ?? none },
              ]}
            />
          </Panel>
        </div>
      )}
    </Page>
  );
}

function OrderFacts({ order }: StaffOrderAnswer) {
  return (
    <Panel title={texts.order}>
      <Facts
        facts={[
          [
            texts.event,
            <a key="event" href={href(['events', order.eventId])}>
              {order.eventTitle ?? order.eventId}
            </a>,
          ],
          [
            texts.user,
            <a key="user" href={href(['users', order.userId])}>
              {order.userId}
            </a>,
          ],
          [texts.units, number(order.quantity)],
          [texts.price, formatPrice(order.priceCents)],
          [texts.total, formatPrice(order.priceCents * order.quantity)],
          [texts.reserved, <Moment key="reserved" at={order.reservedAt} />],
          [texts.ordered, <Moment key="ordered" at={order.orderedAt} />],
          [texts.payBefore, <Moment key="payBefore" at={order.payBefore} />],
          [texts.paid, <Moment key="paid" at={order.paidAt} />],
          [texts.ended, <Moment key="ended" at={order.endedAt} />],
        ]}
      />
    </Panel>
  );
}

function actor(by: string | null): string {
  if (by === null) return texts.system;
  return by === 'shopper' ? texts.shopper : by === 'expiry' ? texts.expiry : by;
}
