import { describe, expect, it } from '@jest/globals';
import type { StaffEventView } from '../../domain/wire.js';
import { createOutput } from '../output.js';
import { createWatchScreen } from './createWatchScreen.js';

const event = { state: 'open', quantity: 100, available: 63, pending: 2, sold: 35, rates: null } as StaffEventView;

function screenOn(terminal: { isTTY: boolean; columns: number }) {
  let written = '';
  const stdout = { ...terminal, write: (text: string) => (written += text) } as unknown as NodeJS.WriteStream;
  const mode = { json: false, quiet: false, verbose: false };
  const out = createOutput({ mode, stdout, stderr: stdout, environment: { NO_COLOR: '1' } });
  return { screen: createWatchScreen(out, stdout, {}), written: () => written.replaceAll(/\d\d:\d\d:\d\dZ/g, 'TIME') };
}

describe('a watched event on the screen', () => {
  it('is one line on a terminal, as long as the state stays', () => {
    const { screen, written } = screenOn({ isTTY: true, columns: 100 });
    screen.show(event);
    screen.show({ ...event, sold: 36 });
    screen.show({ ...event, state: 'paused' });
    screen.end();
    expect(written().replaceAll('\r\u001B[2K', '↺')).toBe(
      '↺TIME  open       63 of 100 available  2 pending  35 sold' +
        '↺TIME  open       63 of 100 available  2 pending  36 sold\n' +
        '↺TIME  paused     63 of 100 available  2 pending  35 sold\n',
    );
  });

  it('leaves out what the line has no room for, because a line that wraps cannot be written over', () => {
    const { screen, written } = screenOn({ isTTY: true, columns: 45 });
    screen.show(event);
    expect(written()).toBe('\r\u001B[2KTIME  open       63 of 100 available');
  });

  it('is a line for each change of state or stock in a pipe, without control characters', () => {
    const { screen, written } = screenOn({ isTTY: false, columns: 0 });
    screen.show(event);
    screen.show(event);
    screen.show({ ...event, available: null, pending: null });
    screen.end();
    expect(written().split('\n')).toEqual([
      'TIME  open       63 of 100 available  2 pending  35 sold',
      'TIME  open       unknown of 100 available  unknown pending  35 sold',
      '',
    ]);
  });
});
