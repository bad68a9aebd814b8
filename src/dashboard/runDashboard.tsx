import { render } from 'ink';
import { describeError } from '../cli/describeError.js';
import { Cancelled } from '../cli/errors.js';
import type { StaffClient } from '../client/createStaffClient.js';
import { App } from './App.js';
import { createDashboard } from './createDashboard.js';
import { follow } from './follow.js';
import { runOperation } from './runOperation.js';
import type { View } from './state/view.js';
import { takeTerminal } from './terminal.js';
import { withEvent } from './withEvent.js';

export interface RunOptions extends Pick<View, 'deployment' | 'who' | 'isReadonly' | 'commandSuffix'> {
  eventId: string | undefined;
  connect(): Promise<StaffClient>;
  /** Aborted from outside: the screen is left. */
  signal: AbortSignal;
}

/** Countdowns move between frames too. */
const TICK_MS = 1_000;

/**
 * Shows the dashboard until it is left.
 *
 * @throws Cancelled when it was left by Ctrl-C, and whatever ended it otherwise; the terminal is as it was by then
 */
export async function runDashboard(options: RunOptions): Promise<void> {
  const { connect, signal, ...shown } = options;
  let client: StaffClient | undefined;
  const ended = createEnd();
  const dashboard = createDashboard({
    ...shown,
    run: (operation) => runOperation(client!, operation),
    describe: (error) => describeError(error).message,
    quit: () => ended.end(),
    interrupt: () => ended.end(new Cancelled()),
  });
  const stop = new AbortController();
  const terminal = takeTerminal({ stdin: process.stdin, stdout: process.stdout, process }, () => screen.unmount());
  const screen = render(<App dashboard={dashboard} />, { exitOnCtrlC: false, patchConsole: false });
  const ticking = setInterval(() => dashboard.tick(), TICK_MS);
  const abort = () => ended.end(new Cancelled());
  signal.addEventListener('abort', abort);
  screen.waitUntilExit().catch((error: unknown) => ended.end(error));
  follow({
    connect,
    onClient: (newest) => (client = newest),
    async receive(news) {
      if (news.kind === 'away') return dashboard.receive(news);
      const { selectedId } = dashboard.view().ui;
      dashboard.receive({ ...news, frame: await withEvent(news.frame, selectedId, client!) });
    },
    signal: stop.signal,
  }).catch((error: unknown) => ended.end(error));
  try {
    await ended.promise;
  } finally {
    signal.removeEventListener('abort', abort);
    clearInterval(ticking);
    stop.abort();
    terminal.restore();
  }
}

/** A promise that is settled from outside: the first end counts. */
function createEnd() {
  let settle: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what was thrown goes on as it is
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  return { promise, end: (error?: unknown) => settle(error) };
}
