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
  const lines = isTall ? stores.map((store) => [...cells(store, 8), version(store)]) : [stores.map(shortCell)];
  return (
    <Box flexDirection="column" width={columns}>
      {lines.map((line, index) => (
        <Line key={index} cells={[{ text: '' }, ...line]} />
      ))}
    </Box>
  );
}

function cells({ name, status, latencyMs }: StoreView, columns: number): Cell[] {
  const isUp = status === 'up';
  return [
    { text: isUp ? '●' : '✗', color: isUp ? 'green' : 'red' },
    { text: name, columns, isBold: !isUp, color: isUp ? undefined : 'red' },
    { text: isUp ? latencyText(latencyMs) : 'away', isDim: isUp, color: isUp ? undefined : 'red' },
  ];
}

/** `●mysql 1.2 ms`; where all three share a line every column counts. */
function shortCell({ name, status, latencyMs }: StoreView): Cell {
  return status === 'up'
    ? { text: `●${name} ${latencyMs === null ? '?' : latencyMs < 1 ? '<1' : Math.round(latencyMs)}ms`, color: 'green' }
    : { text: `✗${name} away`, color: 'red', isBold: true };
}

function version({ version: text }: StoreView): Cell {
  return { text: text ?? '', isDim: true };
}
