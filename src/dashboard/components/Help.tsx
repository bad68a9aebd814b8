import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { Section } from './Section.js';

const keys: readonly (readonly [string, string])[] = [
  ['↑ ↓  k j', 'choose an event; the keys below are for it'],
  ['Enter', 'everything about it;  Esc: back'],
  ['p   r', 'pause, resume'],
  ['s', 'restock: +50, -20 or 500'],
  ['l', 'change one of its limits'],
  ['d', 'replay the dead letters, of all events'],
  ['q  Ctrl-C', 'leave'],
];

const meanings: readonly (readonly [string, string])[] = [
  ['█ ▓ ·', 'units sold, reserved and not stored yet, available'],
  ['TIME', 'until it ends; in …: until it starts; …Z: when it ended'],
  ['LEFT/OF', 'units left to reserve, of all; ? is not known, never 0'],
  ['YES/S', 'purchases a second that were told yes, over ten seconds'],
  ['▁▃▇', 'the last seconds, the highest of them at full height'],
  ['latency', 'of all answers to purchases of the last ten seconds'],
  ['unacked', 'in the hands of the order service, not in MySQL yet'],
  ['LAG', 'how late the process is with what it has to do, p99'],
];

/** What the keys do and what the signs mean. Any key closes it. */
export function Help({ columns }: { columns: number }): ReactElement {
  return (
    <Box flexDirection="column" width={columns}>
      <Section title="Keys" columns={columns}>
        <Pairs pairs={keys} />
      </Section>
      <Text> Whatever changes something asks first, and shows the command that does the same.</Text>
      <Section title="Signs" columns={columns}>
        <Pairs pairs={meanings} />
      </Section>
      <Text dimColor> Any key goes back.</Text>
    </Box>
  );
}

function Pairs({ pairs }: { pairs: readonly (readonly [string, string])[] }): ReactElement {
  return (
    <>
      {pairs.map(([name, text]) => (
        <Text key={name} wrap="truncate-end">
          {'  '}
          <Text bold>{name.padEnd(11)}</Text>
          {text}
        </Text>
      ))}
    </>
  );
}
