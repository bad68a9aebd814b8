import { Box, Text } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import stringWidth from 'string-width';
import { fit } from '../text.js';

/** A part of the screen: its name in a rule, and what is in it below. */
export function Section(props: { title: string; columns: number; children: ReactNode }): ReactElement {
  const { title, columns, children } = props;
  const name = fit(title, columns - 6).trimEnd();
  return (
    <Box flexDirection="column" width={columns}>
      <Text wrap="truncate-end">
        <Text dimColor>{'── '}</Text>
        <Text bold>{name}</Text>
        <Text dimColor>{` ${'─'.repeat(Math.max(0, columns - stringWidth(name) - 4))}`}</Text>
      </Text>
      {children}
    </Box>
  );
}
