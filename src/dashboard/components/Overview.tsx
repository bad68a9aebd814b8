import { Box } from 'ink';
import type { ReactElement } from 'react';
import { planLayout, type Layout } from '../layout.js';
import { selectedEvent, type View } from '../state/view.js';
import { Alerts, countAlertLines } from './Alerts.js';
import { EventsTable } from './EventsTable.js';
import { Funnel } from './Funnel.js';
import { Latency } from './Latency.js';
import { RateChart, SystemCharts } from './HistoryCharts.js';
import { countProcessLines, Processes } from './Processes.js';
import { Queues } from './Queues.js';
import { Section } from './Section.js';
import { StaffLog } from './StaffLog.js';
import { Stores } from './Stores.js';

/** The whole sale: what sells, how it is answered, and how the system does. @param props.rows undefined: as many as it takes */
export function Overview(props: { view: View; columns: number; rows: number | undefined }): ReactElement {
  const { view, columns, rows } = props;
  const { frame } = view.feed;
  const layout = planLayout(
    { columns, rows },
    {
      alerts: countAlertLines(view),
      events: Math.max(1, frame?.events?.length ?? 1),
      processes: countProcessLines(view),
      log: Math.max(1, frame?.log?.length ?? 1),
    },
  );
  return (
    <Box flexDirection="column" width={columns}>
      <Alerts view={view} columns={columns} rows={layout.alertRows} />
      {layout.isWide ? (
        <WideBody view={view} layout={layout} />
      ) : (
        <NarrowBody view={view} layout={layout} columns={columns} />
      )}
    </Box>
  );
}

function WideBody({ view, layout }: { view: View; layout: Layout }): ReactElement {
  const { leftColumns, rightColumns, eventRows, processRows, logRows, rateChartRows, systemChartRows } = layout;
  return (
    <Box columnGap={1}>
      <Box flexDirection="column">
        <Section title={eventsTitle(view)} columns={leftColumns}>
          <EventsTable view={view} columns={leftColumns} rows={eventRows} />
        </Section>
        <Answers view={view} columns={leftColumns} />
        <RateChart view={view} columns={leftColumns} rows={rateChartRows} />
        <Log view={view} columns={leftColumns} rows={logRows} />
      </Box>
      <Box flexDirection="column">
        <Section title="System" columns={rightColumns}>
          <Latency view={view} columns={rightColumns} />
          <Queues view={view} columns={rightColumns} />
          <Stores view={view} columns={rightColumns} isTall />
        </Section>
        <Section title="Processes" columns={rightColumns}>
          <Processes view={view} columns={rightColumns} rows={processRows} />
        </Section>
        <SystemCharts view={view} columns={rightColumns} rows={systemChartRows} />
      </Box>
    </Box>
  );
}

function NarrowBody({ view, layout, columns }: { view: View; layout: Layout; columns: number }): ReactElement {
  const { leftColumns, rightColumns, eventRows, processRows, logRows } = layout;
  return (
    <>
      <EventsTable view={view} columns={columns} rows={eventRows} />
      <Box columnGap={1}>
        <Answers view={view} columns={leftColumns} />
        <Section title="System" columns={rightColumns}>
          <Latency view={view} columns={rightColumns} />
          <Queues view={view} columns={rightColumns} />
          <Stores view={view} columns={rightColumns} isTall={false} />
          <Processes view={view} columns={rightColumns} rows={processRows} />
        </Section>
      </Box>
      <Log view={view} columns={columns} rows={logRows} />
    </>
  );
}

function Answers({ view, columns }: { view: View; columns: number }): ReactElement {
  const event = selectedEvent(view);
  const samples = event === undefined ? [] : (view.history.rates.get(event.id) ?? []);
  return (
    <Section title={event === undefined ? 'Answers' : `Answers: event ${event.id}`} columns={columns}>
      <Funnel event={event} samples={samples} columns={columns} />
    </Section>
  );
}

function Log({ view, columns, rows }: { view: View; columns: number; rows: number }): ReactElement | null {
  if (rows <= 0) return null;
  return (
    <Section title="Staff" columns={columns}>
      <StaffLog actions={view.feed.frame === undefined ? [] : view.feed.frame.log} columns={columns} rows={rows} />
    </Section>
  );
}

function eventsTitle({ feed }: View): string {
  const { events, eventsTotal } = feed.frame ?? { events: null, eventsTotal: null };
  if (events === null || eventsTotal === null || eventsTotal <= events.length) return 'Events';
  return `Events (${events.length} of ${eventsTotal}: spikectl event list)`;
}
