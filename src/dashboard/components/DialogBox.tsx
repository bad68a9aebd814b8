import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { eventLimitNames } from '../../domain/limits.js';
import type { LiveEventView } from '../../domain/wire/live.js';
import { commandLine, question, type Operation } from '../state/operations.js';
import type { Dialog } from '../state/ui.js';

/** What is asked before something is changed, and what came of it. */
export function DialogBox(props: {
  dialog: Dialog;
  event: LiveEventView | undefined;
  columns: number;
  /** Behind every command line: ` --context staging` where that is not the current one. */
  commandSuffix: string;
}): ReactElement {
  const { dialog, event, columns, commandSuffix } = props;
  return (
    <Box
      flexDirection="column"
      borderStyle="round"
      borderColor={color(dialog)}
      paddingX={1}
      width={Math.min(columns, 76)}
    >
      {content(dialog, event, commandSuffix)}
    </Box>
  );
}

function content(dialog: Dialog, event: LiveEventView | undefined, suffix: string): ReactElement {
  switch (dialog.step) {
    case 'restock':
      return (
        <Ask
          title={`How many units for event ${event?.id ?? ''}? It has ${event?.quantity ?? '?'}, ${event?.available ?? '?'} of them free.`}
          hint="+50 more, -20 fewer, 500 in all"
          {...dialog}
        />
      );
    case 'limit':
      return (
        <Ask
          title={`${dialog.name} is ${event?.limits[dialog.name] ?? '?'}. What shall it be?`}
          hint="a number"
          {...dialog}
        />
      );
    case 'chooseLimit':
      return (
        <>
          <Text bold>Which limit of event {event?.id}?</Text>
          {eventLimitNames.map((name, index) => (
            <Text key={name} {...(index === dialog.index ? { color: 'cyan' as const } : {})}>
              {index === dialog.index ? '›' : ' '} {index + 1} {name.padEnd(18)} {event?.limits[name]}
            </Text>
          ))}
          <Keys text="↑↓ or 1-4 choose · Enter · Esc leave" />
        </>
      );
    case 'confirm':
      return (
        <>
          <Text bold>{question(dialog.operation)}</Text>
          <Command operation={dialog.operation} suffix={suffix} />
          <Keys text="y do it · n or Esc leave it" />
        </>
      );
    case 'running':
      return (
        <>
          <Text bold>Working …</Text>
          <Command operation={dialog.operation} suffix={suffix} />
        </>
      );
    case 'done':
      return (
        <>
          <Text bold color={dialog.ok ? 'green' : 'red'}>
            {dialog.ok ? '✓' : '✗'} {dialog.text}
          </Text>
          <Command operation={dialog.operation} suffix={suffix} />
          <Keys text="any key goes on" />
        </>
      );
  }
}

function Ask(props: { title: string; hint: string; text: string; problem: string | undefined }): ReactElement {
  const { title, hint, text, problem } = props;
  return (
    <>
      <Text bold>{title}</Text>
      <Text>
        {'> '}
        {text}
        <Text inverse> </Text>
        <Text dimColor>{text === '' ? `  ${hint}` : ''}</Text>
      </Text>
      <Text color="yellow">{problem ?? ' '}</Text>
      <Keys text="Enter · Esc leave" />
    </>
  );
}

/** The command that does the same. */
function Command({ operation, suffix }: { operation: Operation; suffix: string }): ReactElement {
  return (
    <Text>
      <Text dimColor>The same by hand: </Text>
      <Text color="cyan">
        {commandLine(operation)}
        {suffix}
      </Text>
    </Text>
  );
}

function Keys({ text }: { text: string }): ReactElement {
  return <Text dimColor>{text}</Text>;
}

function color(dialog: Dialog): string {
  if (dialog.step === 'done') return dialog.ok ? 'green' : 'red';
  return dialog.step === 'confirm' ? 'yellow' : 'cyan';
}
