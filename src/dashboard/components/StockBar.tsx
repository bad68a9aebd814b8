import { Text } from 'ink';
import type { ReactElement } from 'react';
import type { LiveEventView } from '../../domain/wire/live.js';

/**
 * Where the units of an event are: sold `█`, pending `▓`, available `·`. Each kind that has a unit has at least one cell, so that the
 * last unit can be seen in a stock of thousands; without colours the signs tell them apart.
 */
export function StockBar({ event, columns }: { event: LiveEventView; columns: number }): ReactElement {
  const { available, pending, sold } = event;
  if (available === null || pending === null || sold === null) return <Text dimColor>{'?'.padEnd(columns, ' ')}</Text>;
  const [soldCells, pendingCells, availableCells] = shareCells([sold, pending, available], columns);
  return (
    <Text>
      <Text color="green">{'█'.repeat(soldCells!)}</Text>
      <Text color="yellow">{'▓'.repeat(pendingCells!)}</Text>
      <Text dimColor>{'·'.repeat(availableCells!)}</Text>
    </Text>
  );
}

/** Shares cells among parts in proportion: all of them together, and one at least for each part that is not empty. */
export function shareCells(parts: readonly number[], columns: number): number[] {
  const total = parts.reduce((sum, part) => sum + Math.max(0, part), 0);
  if (total === 0) return parts.map((_, index) => (index === parts.length - 1 ? columns : 0));
  const least = columns < parts.length ? 0 : 1;
  const cells = parts.map((part) => (part > 0 ? Math.max(least, Math.round((part / total) * columns)) : 0));
  // What rounding made too many or too few, the longest part bears: there it is seen least.
  const longest = parts.indexOf(Math.max(...parts));
  cells[longest]! += columns - cells.reduce((sum, cell) => sum + cell, 0);
  return cells;
}
