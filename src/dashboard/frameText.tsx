import { Box, renderToString } from 'ink';
import type { LiveFrame } from '../domain/wire/live.js';
import { createDashboard, type DashboardOptions } from './createDashboard.js';
import { EventDetail, NoEvent } from './components/EventDetail.js';
import { Header } from './components/Header.js';
import { Overview } from './components/Overview.js';
import { selectedEvent, type View } from './state/view.js';

type Shown = Pick<DashboardOptions, 'deployment' | 'who' | 'isReadonly' | 'eventId'>;

/** One frame as the screen shows it, as many lines as it takes, for a pipe or a log. */
export function frameText(frame: LiveFrame, shown: Shown, columns: number): string {
  const nothing = () => undefined;
  const dashboard = createDashboard({
    ...shown,
    commandSuffix: '',
    run: () => Promise.resolve({ text: '' }),
    describe: String,
    quit: nothing,
    interrupt: nothing,
  });
  dashboard.receive({ kind: 'frame', frame, receivedAtMs: performance.now() });
  const text = renderToString(<Still view={dashboard.view()} columns={columns} />, { columns });
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function Still({ view, columns }: { view: View; columns: number }) {
  const event = selectedEvent(view);
  const isDetail = view.ui.screen === 'detail';
  return (
    <Box flexDirection="column" width={columns}>
      <Header view={view} columns={columns} />
      {isDetail && event !== undefined && <EventDetail view={view} event={event} columns={columns} rows={LINES} />}
      {isDetail && event === undefined && <NoEvent />}
      {!isDetail && <Overview view={view} columns={columns} rows={undefined} />}
    </Box>
  );
}

/** Room for ten lines of what staff did. */
const LINES = 32;
