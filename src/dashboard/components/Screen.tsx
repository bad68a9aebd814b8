import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { COLUMNS_MIN, ROWS_MIN } from '../layout.js';
import { selectedEvent, type View } from '../state/view.js';
import { DialogBox } from './DialogBox.js';
import { EventDetail, NoEvent } from './EventDetail.js';
import { Footer } from './Footer.js';
import { Header } from './Header.js';
import { Help } from './Help.js';
import { Overview } from './Overview.js';

/** The screen as it is at one moment: a function of the view and of the size of the terminal. */
export function Screen({ view, columns, rows }: { view: View; columns: number; rows: number }): ReactElement {
  if (columns < COLUMNS_MIN || rows < ROWS_MIN)
    return (
      <Text wrap="truncate-end">
        spikectl: {columns}×{rows} is too small, {COLUMNS_MIN}×{ROWS_MIN} is enough. q quits.
      </Text>
    );
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Header view={view} columns={columns} />
      <Box flexDirection="column" flexGrow={1} overflow="hidden">
        <Body view={view} columns={columns} rows={rows} />
      </Box>
      <Footer view={view} columns={columns} />
    </Box>
  );
}

function Body({ view, columns, rows }: { view: View; columns: number; rows: number }): ReactElement {
  const { dialog, isHelpOpen, screen } = view.ui;
  const event = selectedEvent(view);
  if (dialog !== undefined)
    return (
      <Box flexGrow={1} alignItems="center" justifyContent="center">
        <DialogBox dialog={dialog} event={event} columns={columns} commandSuffix={view.commandSuffix} />
      </Box>
    );
  if (isHelpOpen) return <Help columns={columns} />;
  if (screen === 'overview') return <Overview view={view} columns={columns} rows={rows} />;
  return event === undefined ? <NoEvent /> : <EventDetail view={view} event={event} columns={columns} rows={rows} />;
}
