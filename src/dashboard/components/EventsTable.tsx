import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { LiveEventView } from '../../domain/wire/live.js';
import { selectedEvent, serverNowMs, type View } from '../state/view.js';
import { acceptedRate } from '../rates.js';
import { clockText, countText, durationText, fit, rateText } from '../text.js';
import { Line, type Cell } from './Line.js';
import { StockBar } from './StockBar.js';

export const stateColors: Readonly<Record<LiveEventView['state'], Cell['color']>> = {
  scheduled: 'cyan',
  open: 'green',
  paused: 'yellow',
  ended: undefined,
  closed: undefined,
};

/** Columns of everything but the title and the bar. */
const FIXED = { mark: 1, state: 9, time: 8, left: 11, pending: 5, sold: 6, rate: 6 };
const GAPS = 9;
const TITLE_MIN = 8;
const TITLE_MAX = 40;
/** From here on there is room for a title and a bar; below it the title is worth more. */
const ROOMY = 30;
/** Below this a bar has no room for what its signs mean. */
const LEGEND_COLUMNS = 16;

/** The events, each in a line: what state it is in, how long yet, and where its units are. */
export function EventsTable(props: { view: View; columns: number; rows: number }): ReactElement {
  const { view, columns, rows } = props;
  const { frame } = view.feed;
  const events = frame?.events ?? [];
  const chosen = selectedEvent(view);
  const idColumns = Math.max(2, ...events.map(({ id }) => id.length));
  const room = columns - Object.values(FIXED).reduce((sum, width) => sum + width, idColumns) - GAPS;
  const titleColumns = Math.max(TITLE_MIN, Math.min(TITLE_MAX, Math.round(room * (room < ROOMY ? 0.7 : 0.6))));
  const barColumns = Math.max(0, room - titleColumns);
  const shown = window(
    events,
    Math.max(
      0,
      events.findIndex((event) => event === chosen),
    ),
    rows - 1,
  );
  const dim = (text: string, width: number, align?: 'right'): Cell => ({
    text,
    columns: width,
    isDim: true,
    ...(align && { align }),
  });
  return (
    <Box flexDirection="column" width={columns}>
      <Line
        cells={[
          dim('', FIXED.mark),
          dim('ID', idColumns, 'right'),
          dim('EVENT', titleColumns),
          dim('STATE', FIXED.state),
          dim('TIME', FIXED.time),
          dim(barColumns < LEGEND_COLUMNS ? 'STOCK' : 'SOLD █ PENDING ▓', barColumns),
          dim('LEFT/OF', FIXED.left, 'right'),
          dim('PEND', FIXED.pending, 'right'),
          dim('SOLD', FIXED.sold, 'right'),
          dim('YES/S', FIXED.rate, 'right'),
        ]}
      />
      {events.length === 0 && <Text dimColor>{emptyText(view)}</Text>}
      {shown.map((event) => (
        <EventLine
          key={event.id}
          event={event}
          view={view}
          isChosen={event === chosen}
          widths={{ idColumns, titleColumns, barColumns }}
        />
      ))}
    </Box>
  );
}

function EventLine(props: {
  event: LiveEventView;
  view: View;
  isChosen: boolean;
  widths: { idColumns: number; titleColumns: number; barColumns: number };
}): ReactElement {
  const { event, view, isChosen, widths } = props;
  const isOver = event.state === 'ended' || event.state === 'closed';
  const right = (text: string, columns: number): Cell => ({ text, columns, align: 'right', isDim: isOver });
  return (
    <Box>
      <Line
        cells={[
          { text: isChosen ? '›' : ' ', color: 'cyan', isBold: true },
          { ...right(event.id, widths.idColumns), isBold: isChosen },
          { text: event.title, columns: widths.titleColumns, isBold: isChosen, isDim: isOver },
          { text: event.state, columns: FIXED.state, color: stateColors[event.state], isDim: isOver },
          { text: timeText(event, serverNowMs(view)), columns: FIXED.time, isDim: isOver },
          { text: '' },
        ]}
      />
      <StockBar event={event} columns={widths.barColumns} />
      <Text> </Text>
      <Line
        cells={[
          right(`${countText(event.available)}/${countText(event.quantity)}`, FIXED.left),
          right(countText(event.pending), FIXED.pending),
          right(countText(event.sold), FIXED.sold),
          right(rateText(acceptedRate(event)).replace('/s', ''), FIXED.rate),
        ]}
      />
    </Box>
  );
}

/** `in 1:15` until it starts, `2h00m` until it ends, `10:15Z` when it ended: by the clock of the service. */
export function timeText({ state, startsAt, endsAt }: LiveEventView, nowMs: number): string {
  if (state === 'closed') return 'by staff';
  if (state === 'ended') return `${clockText(endsAt).slice(0, 5)}Z`;
  const startsInMs = Date.parse(startsAt) - nowMs;
  if (startsInMs > 0) return `in ${durationText(startsInMs)}`;
  return durationText(Date.parse(endsAt) - nowMs);
}

/** So many of the events that the chosen one is among them. */
function window<T>(all: readonly T[], chosen: number, rows: number): readonly T[] {
  if (rows <= 0) return [];
  const first = Math.min(Math.max(0, chosen - rows + 1), Math.max(0, all.length - rows));
  return all.slice(first, first + rows);
}

function emptyText({ feed }: View): string {
  if (feed.frame === undefined) return fit('  …', 10);
  if (feed.frame.events === null) return '  unknown: MySQL has not answered yet';
  return '  There is no event yet. Make one: spikectl event create --help';
}
