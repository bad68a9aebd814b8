import type { StaffEventView } from '../../../../src/domain/wire.js';
import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { formatPrice } from '../../../src/text/formatPrice.js';
import { Countdown } from '../../components/Countdown.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { Page } from '../../components/Page.js';
import { StateChip } from '../../components/StateChip.js';
import { StockBar } from '../../components/StockBar.js';
import { useDesk } from '../../desk/useDesk.js';
import { usePages } from '../../desk/usePages.js';
import { href } from '../../place/place.js';
import { eventTexts } from '../../text/events.js';
import { rate, span } from '../../text/format.js';

type Row = StaffEventView | LiveEventView;

const columns: readonly Column<Row>[] = [
  {
    name: 'event',
    heading: eventTexts.event,
    cell: ({ id, title, commodity }) => (
      <>
        <a class="row-link" href={href(['events', id])}>
          {title}
        </a>
        <small>
          {id} · {commodity.name}
        </small>
      </>
    ),
  },
  { name: 'state', heading: eventTexts.state, cell: ({ state }) => <StateChip state={state} /> },
  { name: 'stock', heading: eventTexts.stock, cell: (event) => <StockBar stock={event} /> },
  {
    name: 'rate',
    heading: eventTexts.rate,
    cell: ({ rates }) => {
      const recent = rates?.[0]?.perSecond;
      return rate(recent === undefined ? null : recent.accepted + recent.pending);
    },
    isNumber: true,
  },
  {
    name: 'window',
    heading: eventTexts.window,
    cell: ({ startsAt, endsAt }) => (
      <>
        <Countdown startsAt={startsAt} endsAt={endsAt} />
        <small>{span(startsAt, endsAt)}</small>
      </>
    ),
  },
  { name: 'price', heading: eventTexts.price, cell: ({ priceCents }) => formatPrice(priceCents), isNumber: true },
];

/** All events, the newest first; those that the live stream carries move by themselves. */
export function EventsPage() {
  const { api, live, may } = useDesk();
  const events = usePages(async (cursor) => {
    const { events, next } = await api.listEvents({ limit: 50, cursor });
    return { rows: events, next };
  }, []);
  const seen = new Map((live.frame.value?.events ?? []).map((event) => [event.id, event]));
  return (
    <Page
      title={eventTexts.title}
      actions={
        may('operator') && (
          <a class="button primary" href={href(['events', 'new'])}>
            {eventTexts.new}
          </a>
        )
      }
    >
      <DataTable<Row>
        caption={eventTexts.title}
        columns={columns}
        rows={events.rows.map((event) => seen.get(event.id) ?? event)}
        keyOf={({ id }) => id}
        empty={eventTexts.empty}
        isKnown={events.isKnown}
        failure={events.failure}
        onRetry={events.reload}
        more={events.more}
      />
    </Page>
  );
}
