import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { LiveQueueView } from '../../domain/wire/live.js';
import type { View } from '../state/view.js';
import { countText, latencyText } from '../text.js';
import { Line, type Cell } from './Line.js';

/** What waits on its way to MySQL, and what could not go on. Two lines. */
export function Queues({ view, columns }: { view: View; columns: number }): ReactElement {
  const { frame } = view.feed;
  if (frame?.queues === null)
    return (
      <Lines
        columns={columns}
        lines={[
          [label('orders'), unknown],
          [label('dead'), unknown],
        ]}
      />
    );
  return <Lines columns={columns} lines={(frame?.queues ?? []).map(queueLine)} />;
}

const unknown: Cell = { text: 'unknown: RabbitMQ does not answer', color: 'yellow' };

function queueLine({ role, ready, unacked, consumers, oldestAgeMs }: LiveQueueView): Cell[] {
  if (role === 'dead')
    return [
      label('dead'),
      {
        text: `${countText(ready)} letters`,
        ...(ready > 0 ? { color: 'yellow' as const, isBold: true } : { isDim: true }),
      },
    ];
  const age = oldestAgeMs === null ? '' : `, oldest ${latencyText(oldestAgeMs)}`;
  return [
    label('orders'),
    { text: `${countText(ready)} ready`, isBold: ready > 0 },
    { text: `${countText(unacked)} unacked${age}`, isDim: unacked === 0 },
    { text: `${consumers} cons.`, ...(consumers === 0 ? { color: 'red' as const } : { isDim: true }) },
  ];
}

function label(text: string): Cell {
  return { text: ` ${text}`, columns: 8 };
}

function Lines({ lines, columns }: { lines: readonly Cell[][]; columns: number }): ReactElement {
  return (
    <Box flexDirection="column" width={columns}>
      {lines.map((cells, index) => (
        <Line key={index} cells={cells} />
      ))}
    </Box>
  );
}
