import type { StaffClient } from '../client/createStaffClient.js';
import { ServiceRefusal } from '../client/errors.js';
import type { LiveFrame } from '../domain/wire/live.js';
import { connectStaff, findConnection, type ConnectOptions } from './connectStaff.js';
import { CliError, exitCodes, usageError } from './errors.js';
import type { Output } from './output.js';

export interface OpenOptions {
  eventId: string | undefined;
  once: boolean;
  isReadonly: boolean;
  contextName: string | undefined;
  out: Output;
  signal: AbortSignal;
}

/** Where nobody looks at a screen, a line may be this long. */
const PIPE_COLUMNS = 100;

/**
 * Prints one frame, or shows them on the terminal until it is left. What cannot work is refused before the terminal is taken:
 * nobody is logged in, the service is away, there is no such event.
 */
export async function openDashboard(options: OpenOptions): Promise<LiveFrame | { ended: true }> {
  const { eventId, contextName, isReadonly, out, signal } = options;
  const isOnce = options.once || !isScreen();
  if (out.mode.json && !options.once)
    throw usageError('With --json there has to be an end.', 'spikectl dashboard --once --json');
  const connecting: ConnectOptions = { contextName, warn: (text) => out.warn(text), signal };
  const connect = () => connectStaff(connecting);
  const deployment = await describeDeployment(connecting);
  prepareDrawing();
  const client = await connect();
  try {
    if (eventId !== undefined) await requireEvent(client, eventId);
    if (out.mode.json) return await readFrame(client, eventId);
    const { admin: who } = await client.me();
    const shown = { deployment, who, isReadonly, eventId };
    if (isOnce) {
      const frame = await readFrame(client, eventId);
      const { frameText } = await import('../dashboard/frameText.js');
      out.result(frameText(frame, shown, out.widthColumns ?? PIPE_COLUMNS));
      return frame;
    }
    const { runDashboard } = await import('../dashboard/runDashboard.js');
    const commandSuffix = contextName === undefined ? '' : ` --context ${contextName}`;
    await runDashboard({ ...shown, commandSuffix, connect, signal });
    return { ended: true };
  } finally {
    await client.close();
  }
}

/** Both: keys come from the one, and the other can be drawn on. */
function isScreen(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb';
}

async function readFrame(client: StaffClient, eventId: string | undefined): Promise<LiveFrame> {
  const { withEvent } = await import('../dashboard/withEvent.js');
  const { frame } = await client.showFrame();
  return withEvent(frame, eventId, client);
}

async function requireEvent(client: StaffClient, eventId: string): Promise<void> {
  try {
    await client.showEvent(eventId);
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.code !== 'NOT_FOUND') throw error;
    throw new CliError('NOT_FOUND', `There is no event ${eventId}.`, {
      exit: exitCodes.usage,
      suggestions: ['spikectl event list'],
      cause: error,
    });
  }
}

async function describeDeployment(options: ConnectOptions): Promise<string> {
  const { contextName, context } = await findConnection(options);
  return contextName === null ? context.url : `${contextName} ${context.url}`;
}

/** For the drawing library, which reads them when it is loaded: its slower half is for those who develop it, and it knows no NO_COLOR. */
function prepareDrawing(): void {
  process.env.NODE_ENV ??= 'production';
  if (process.env.NO_COLOR) process.env.FORCE_COLOR = '0';
}
