import { Text } from 'ink';
import type { ReactElement } from 'react';
import { fit, printable } from '../text.js';

/** A piece of a line: a text in so many columns, or as wide as it is. */
export interface Cell {
  text: string;
  columns?: number;
  align?: 'left' | 'right';
  color?: 'green' | 'yellow' | 'red' | 'cyan' | 'magenta' | undefined;
  isBold?: boolean;
  isDim?: boolean;
}

/** One line of cells, a column apart; what is beyond the width is cut. */
export function Line({ cells, gap = 1 }: { cells: readonly (Cell | undefined)[]; gap?: number }): ReactElement {
  const shown = cells.filter((cell) => cell !== undefined);
  return (
    <Text wrap="truncate-end">
      {shown.map(({ text, columns, align, color, isBold = false, isDim = false }, index) => (
        <Text key={index} {...(color === undefined ? {} : { color })} bold={isBold} dimColor={isDim}>
          {columns === undefined ? printable(text) : fit(text, columns, align)}
          {index < shown.length - 1 ? ' '.repeat(gap) : ''}
        </Text>
      ))}
    </Text>
  );
}
