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

const hints: readonly Hint[] = [
  { key: '↑↓', text: 'move' },
  { key: '⏎', text: 'open' },
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
  const isDetail = ui.screen === 'detail';
  return (
    <Box width={columns}>
      <Text wrap="truncate-end">
        {hints.map(({ key, text, isChange = false }) => {
          const isDim = isChange && !mayChange(view);
          return (
            <Text key={key} dimColor={isDim}>
              {' '}
              <Text bold={!isDim}>{key === '⏎' && isDetail ? 'esc' : key}</Text>{' '}
              {key === '⏎' && isDetail ? 'back' : text}{' '}
            </Text>
          );
        })}
      </Text>
    </Box>
  );
}
