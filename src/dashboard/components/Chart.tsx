import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { fit } from '../text.js';

/** Beside the columns stands what the highest of them means. */
const AXIS_COLUMNS = 8;
const EIGHTHS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** One moment: a part of a whole, or a whole alone. Null where nothing is known. */
export interface ChartSample {
  part?: number;
  whole: number | null;
}

/** The last samples as columns, the newest on the right; the part of each stands below, in the first colour. */
export function Chart(props: {
  samples: readonly ChartSample[];
  columns: number;
  rows: number;
  /** How a value is written at the axis. */
  label(value: number): string;
  colors: readonly [part: 'green' | 'cyan', whole: 'cyan' | 'yellow' | 'green'];
}): ReactElement {
  const { samples, columns, rows, label, colors } = props;
  const room = Math.max(1, columns - AXIS_COLUMNS - 1);
  const shown = samples.slice(-room);
  const max = Math.max(0, ...shown.map(({ whole }) => whole ?? 0));
  const lines = Array.from({ length: rows }, (_, index) => rows - 1 - index);
  return (
    <Box flexDirection="column" width={columns}>
      {lines.map((row) => {
        const axis = row === rows - 1 ? label(max) : row === 0 ? label(0) : '';
        return (
          <Text key={row} wrap="truncate-end">
            <Text dimColor>{fit(axis, AXIS_COLUMNS - 1, 'right')} </Text>
            {' '.repeat(room - shown.length)}
            {runs(shown, row, rows, max).map(({ text, isPart }, index) => (
              <Text key={index} color={colors[isPart ? 0 : 1]}>
                {text}
              </Text>
            ))}
          </Text>
        );
      })}
    </Box>
  );
}

/** One line of the chart, neighbours of one colour together: a cell belongs to the part when the part reaches its middle. */
function runs(
  samples: readonly ChartSample[],
  row: number,
  rows: number,
  max: number,
): { text: string; isPart: boolean }[] {
  const list: { text: string; isPart: boolean }[] = [];
  for (const { whole, part = 0 } of samples) {
    const height = max === 0 || whole === null ? 0 : (whole / max) * rows;
    const eighths = Math.max(0, Math.min(8, Math.round((height - row) * 8)));
    // What is not nothing stands above the ground line.
    const text = EIGHTHS[eighths === 0 && row === 0 && (whole ?? 0) > 0 ? 1 : eighths]!;
    const isPart = max > 0 && (part / max) * rows >= row + 0.5;
    const last = list.at(-1);
    if (last?.isPart === isPart) last.text += text;
    else list.push({ text, isPart });
  }
  return list;
}
