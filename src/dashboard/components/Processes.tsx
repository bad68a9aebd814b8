import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { ProcessView } from '../../domain/wire/live.js';
import type { View } from '../state/view.js';
import { durationText, latencyText, memoryText } from '../text.js';
import { serverNowMs } from '../state/view.js';
import { Line, type Cell } from './Line.js';

const WIDTHS = { name: 9, cpu: 5, memory: 7, lag: 7, restarts: 3, since: 6 };
/** The services in the order of a purchase. */
const order = ['spike', 'access', 'order', 'user', 'admin'];
/** Above this a process is near the end of what one core can do. */
const BUSY = 0.9;
const LAGGING_MS = 100;

/** The processes in a line each; where there is no room for all of them, the processes of a service together. */
export function Processes(props: { view: View; columns: number; rows: number }): ReactElement {
  const { view, columns, rows } = props;
  const processes = view.feed.frame?.processes;
  if (processes === null) return <Text color="yellow"> unknown: Redis does not answer</Text>;
  const sorted = [...(processes ?? [])].sort((a, b) => place(a.service) - place(b.service));
  const isWide = columns >= 50;
  const lines = sorted.length <= rows - 1 ? sorted.map((one) => [one]) : groups(sorted);
  const nowMs = serverNowMs(view);
  return (
    <Box flexDirection="column" width={columns}>
      {rows > lines.length && <Head isWide={isWide} />}
      {lines.slice(0, rows).map((group) => (
        <Line key={`${group[0]!.service} ${group[0]!.instance} ${group[0]!.pid}`} cells={cells(group, isWide, nowMs)} />
      ))}
      {lines.length === 0 && <Text dimColor> none has reported yet</Text>}
    </Box>
  );
}

/** How many lines there are to show, its head included. */
export function countProcessLines({ feed }: Pick<View, 'feed'>): number {
  return 1 + Math.max(1, feed.frame?.processes?.length ?? 1);
}

function Head({ isWide }: { isWide: boolean }): ReactElement {
  const head = (text: string, columns: number): Cell => ({ text, columns, align: 'right', isDim: true });
  return (
    <Line
      cells={[
        { text: ' PROCESS', columns: WIDTHS.name, isDim: true },
        head('CPU', WIDTHS.cpu),
        head('MEMORY', WIDTHS.memory),
        head('LAG', WIDTHS.lag),
        isWide ? head('RESTARTS', 8) : head('↻', WIDTHS.restarts),
        isWide ? head('UP', WIDTHS.since) : undefined,
      ]}
    />
  );
}

function cells(group: readonly ProcessView[], isWide: boolean, nowMs: number): (Cell | undefined)[] {
  const [first] = group as [ProcessView];
  const sum = (value: (one: ProcessView) => number) => group.reduce((total, one) => total + value(one), 0);
  const cpu = sum((one) => one.cpu);
  const lagMs = Math.max(...group.map((one) => one.eventLoopLagP99Ms));
  const restarts = sum((one) => one.restarts);
  const name = group.length === 1 ? nameOf(first) : `${first.service} ×${group.length}`;
  const right = (text: string, columns: number, color?: Cell['color']): Cell => ({
    text,
    columns,
    align: 'right',
    color,
  });
  return [
    { text: ` ${name}`, columns: WIDTHS.name },
    right(`${Math.round(cpu * 100)} %`, WIDTHS.cpu, cpu > BUSY * group.length ? 'yellow' : undefined),
    right(memoryText(sum((one) => one.memoryBytes)), WIDTHS.memory),
    right(latencyText(lagMs), WIDTHS.lag, lagMs > LAGGING_MS ? 'yellow' : undefined),
    right(String(restarts), isWide ? 8 : WIDTHS.restarts, restarts > 0 ? 'yellow' : undefined),
    isWide ? right(durationText(nowMs - Date.parse(first.startedAt)), WIDTHS.since) : undefined,
  ];
}

/** Of a service with one process its name is enough. */
function nameOf({ service, instance }: ProcessView): string {
  return instance === '0' && service !== 'spike' ? service : `${service} ${instance}`;
}

function groups(processes: readonly ProcessView[]): ProcessView[][] {
  return [...new Set(processes.map(({ service }) => service))].map((service) =>
    processes.filter((one) => one.service === service),
  );
}

function place(service: string): number {
  const index = order.indexOf(service);
  return index === -1 ? order.length : index;
}
