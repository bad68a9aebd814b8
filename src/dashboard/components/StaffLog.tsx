import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { StaffActionView } from '../../domain/wire/live.js';
import { clockText } from '../text.js';
import { Line, type Cell } from './Line.js';

/** What staff did last, the newest first. */
export function StaffLog(props: {
  actions: readonly StaffActionView[] | null;
  columns: number;
  rows: number;
}): ReactElement {
  const { actions, columns, rows } = props;
  if (actions === null) return <Text color="yellow"> unknown: MySQL does not answer</Text>;
  if (actions.length === 0) return <Text dimColor> nothing yet</Text>;
  return (
    <Box flexDirection="column" width={columns}>
      {actions.slice(0, rows).map((action) => (
        <Line key={action.id} cells={cells(action)} />
      ))}
    </Box>
  );
}

function cells({ at, actor, action, targetType, targetId, detail }: StaffActionView): Cell[] {
  return [
    { text: ` ${clockText(at)}`, isDim: true },
    { text: actor, color: 'cyan' },
    { text: action },
    { text: action.startsWith(targetType) ? targetId : `${targetType} ${targetId}` },
    { text: detail ?? '', isDim: true },
  ];
}
