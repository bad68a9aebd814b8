import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { AlertLevel, AlertView } from '../../domain/wire/live.js';
import { frameAgeMs, isStale, type View } from '../state/view.js';
import { clockText, durationText } from '../text.js';
import { Line, type Cell } from './Line.js';

const marks: Readonly<Record<AlertLevel, { text: string; color: Cell['color'] }>> = {
  critical: { text: '✗', color: 'red' },
  warning: { text: '!', color: 'yellow' },
  info: { text: 'i', color: 'cyan' },
};

/** What an operator should look at, the worst first, each with what to type; what does not fit is counted. */
export function Alerts(props: { view: View; columns: number; rows: number }): ReactElement {
  const { view, columns, rows } = props;
  const lines = [...connectionLine(view), ...(view.feed.frame?.alerts ?? []).map((alert) => alertLine(alert, columns))];
  if (lines.length === 0)
    lines.push([{ text: ' ' }, { text: '✓', color: 'green' }, { text: 'No alerts', isDim: true }]);
  const left = lines.length - rows;
  const shown = left > 0 ? [...lines.slice(0, rows - 1), moreLine(left + 1)] : lines;
  return (
    <Box flexDirection="column" width={columns}>
      {shown.map((cells, index) => (
        <Line key={index} cells={cells} />
      ))}
    </Box>
  );
}

/** How many lines there are to show. */
export function countAlertLines(view: View): number {
  return Math.max(1, connectionLine(view).length + (view.feed.frame?.alerts.length ?? 0));
}

/** That frames do not come is the first thing to know: everything else on the screen is of then. */
function connectionLine(view: View): Cell[][] {
  const { frame, away } = view.feed;
  if (frame === undefined)
    return away === undefined ? [] : [[{ text: ' ' }, { text: `✗ ${away.reason}; trying again`, color: 'red' }]];
  if (away === undefined && !isStale(view)) return [];
  const reason = away?.reason ?? 'no frame comes';
  const text = `✗ All of this is ${durationText(frameAgeMs(view))} old, of ${clockText(frame.at)}Z; trying again: ${reason}`;
  return [[{ text: ' ' }, { text, color: 'red', isBold: true }]];
}

function alertLine({ level, text, next }: AlertView, columns: number): Cell[] {
  const { text: mark, color } = marks[level];
  const hint = `→ ${next}`;
  const isRoom = text.length + hint.length + 6 <= columns;
  return [
    { text: ' ' },
    { text: mark, color, isBold: true },
    { text, color, ...(isRoom ? {} : { columns: Math.max(10, columns - hint.length - 5) }) },
    { text: hint, isDim: true },
  ];
}

function moreLine(count: number): Cell[] {
  return [{ text: ' ' }, { text: `… and ${count} more`, color: 'yellow' }];
}
