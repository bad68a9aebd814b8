import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { StoreView } from '../../domain/wire/live.js';
import type { View } from '../state/view.js';
import { latencyText } from '../text.js';
import { Line, type Cell } from './Line.js';

/** The stores: all in one line, or with their versions in a line each. */
export function Stores(props: { view: View; columns: number; isTall: boolean }): ReactElement {
  const { view, columns, isTall } = props;
  const stores = view.feed.frame?.stores ?? [];
  const lines = isTall
    ? stores.map((store) => [...cells(store, 8), version(store)])
    : [stores.flatMap((store) => cells(store))];
  return (
    <Box flexDirection="column" width={columns}>
      {lines.map((line, index) => (
        <Line key={index} cells={[{ text: isTall ? ' ' : '' }, ...line]} />
      ))}
    </Box>
  );
}

function cells({ name, status, latencyMs }: StoreView, columns?: number): Cell[] {
  const isUp = status === 'up';
  return [
    { text: isUp ? '●' : '✗', color: isUp ? 'green' : 'red' },
    { text: name, ...(columns === undefined ? {} : { columns }), isBold: !isUp, color: isUp ? undefined : 'red' },
    { text: isUp ? latencyText(latencyMs) : 'away', isDim: isUp, color: isUp ? undefined : 'red' },
  ];
}

function version({ version: text }: StoreView): Cell {
  return { text: text ?? '', isDim: true };
}
