import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { View } from '../state/view.js';
import { mayChange } from '../state/refusal.js';
import { fit } from '../text.js';

interface Hint {
  key: string;
  text: string;
  /** It changes something: dim for who may not. */
  isChange?: boolean;
}

/** Those of the overview and of one event; both lines fit into 80 columns. */
const moves: Readonly<Record<'overview' | 'detail', readonly Hint[]>> = {
  overview: [
    { key: '↑↓', text: 'move' },
    { key: '⏎', text: 'open' },
  ],
  detail: [
    { key: '↑↓', text: 'go' },
    { key: 'esc', text: 'back' },
  ],
};

const hints: readonly Hint[] = [
  { key: 'p', text: 'pause', isChange: true },
  { key: 'r', text: 'resume', isChange: true },
  { key: 's', text: 'restock', isChange: true },
  { key: 'l', text: 'limit', isChange: true },
  { key: 'd', text: 'dead', isChange: true },
  { key: '?', text: 'help' },
  { key: 'q', text: 'quit' },
];

/** The keys, or what is said about the last one. */
export function Footer({ view, columns }: { view: View; columns: number }): ReactElement {
  const { ui } = view;
  if (ui.notice !== undefined) return <Text color="yellow">{fit(` ${ui.notice}`, columns)}</Text>;
  return (
    <Box width={columns}>
      <Text wrap="truncate-end">
        {[...moves[ui.screen], ...hints].map(({ key, text, isChange = false }) => {
          const isDim = isChange && !mayChange(view);
          return (
            <Text key={key} dimColor={isDim}>
              {' '}
              <Text bold={!isDim}>{key}</Text> {text}{' '}
            </Text>
          );
        })}
      </Text>
    </Box>
  );
}
