import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatPrice, formatTime } from '../../cli/format.js';
import type { LiveEventView } from '../../domain/wire/live.js';
import { acceptedRate } from '../rates.js';
import { serverNowMs, type View } from '../state/view.js';
import { countText, rateText } from '../text.js';
import { stateColors, timeText } from './EventsTable.js';
import { Funnel } from './Funnel.js';
import { Line, type Cell } from './Line.js';
import { Section } from './Section.js';
import { StaffLog } from './StaffLog.js';
import { StockBar } from './StockBar.js';

/** Lines that are always there: stock, its bar, facts, and the answers. */
const FIXED_ROWS = 22;

/** Everything about one event. */
export function EventDetail(props: { view: View; event: LiveEventView; columns: number; rows: number }): ReactElement {
  const { view, event, columns, rows } = props;
  const actions = view.feed.frame?.log ?? null;
  const own = actions?.filter(({ targetType, targetId }) => targetType === 'event' && targetId === event.id);
  const logRows = Math.max(0, rows - FIXED_ROWS);
  return (
    <Box flexDirection="column" width={columns}>
      <Section title={`Event ${event.id}: ${event.title}`} columns={columns}>
        <Line gap={2} cells={stockCells(event, serverNowMs(view))} />
        <Box paddingX={1}>
          <StockBar event={event} columns={columns - 2} />
        </Box>
        {facts(event).map(([name, value]) => (
          <Line key={name} cells={[{ text: ` ${name}`, columns: 12, isDim: true }, { text: value }]} />
        ))}
      </Section>
      <Section title="Answers to purchases" columns={columns}>
        <Funnel event={event} samples={view.history.rates.get(event.id) ?? []} columns={columns} />
      </Section>
      {logRows > 1 && (
        <Section title="What staff did to it lately" columns={columns}>
          <StaffLog actions={own ?? null} columns={columns} rows={logRows - 1} />
        </Section>
      )}
    </Box>
  );
}

function stockCells(event: LiveEventView, nowMs: number): Cell[] {
  const { state, available, pending, sold, quantity } = event;
  return [
    { text: ` ${state}`, color: stateColors[state], isBold: true },
    { text: timeText(event, nowMs) },
    { text: `${countText(available)} of ${countText(quantity)} left`, isBold: true },
    { text: `${countText(pending)} pending`, color: pending === 0 ? undefined : 'yellow' },
    { text: `${countText(sold)} sold`, color: 'green' },
    { text: `${rateText(acceptedRate(event))} told yes` },
  ];
}

function facts(event: LiveEventView): (readonly [string, string])[] {
  const { limits, times, ownLimits } = event;
  const own = Object.keys(ownLimits);
  return [
    ['Commodity', `${event.commodity.name}, ${formatPrice(event.priceCents)}, at most ${event.purchaseLimit} per user`],
    [
      'Window',
      `${formatTime(event.startsAt)} to ${formatTime(event.endsAt)}, paid within ${event.paymentWindowSeconds} s`,
    ],
    [
      'Limits',
      `${limits.userRatePerSecond}/s per user, bursts of ${limits.userBurst}; queue factor ${limits.queueFactor}; ` +
        `${limits.maxInFlight} in flight${own.length === 0 ? '' : ` (its own: ${own.join(', ')})`}`,
    ],
    ['Rule', event.rule.length === 0 ? 'none: everybody may buy' : event.rule.map(({ name }) => name).join(' → ')],
    ['Sold', `first ${formatTime(times.firstAcceptedAt)}, last ${formatTime(times.lastAcceptedAt)}`],
    ['Stock', `life ${event.fence}, rule version ${event.ruleVersion}, key ${event.key}`],
  ];
}

/** While the event that was asked for has not been seen. */
export function NoEvent(): ReactElement {
  return <Text dimColor> There is no such event any more. Esc goes back.</Text>;
}
