import { text as readAll } from 'node:stream/consumers';
import { Cancelled, usageError } from '../errors.js';

/** The flag, else what is typed, else who logged in there before. */
export async function readUsername({
  given,
  before,
  canAsk,
}: {
  given: string | undefined;
  before: string | undefined;
  canAsk: boolean;
}): Promise<string> {
  const known = given ?? (canAsk ? undefined : before);
  if (known !== undefined && known !== '') return known;
  if (!canAsk) throw usageError('The username is missing.', 'spikectl login --username NAME');
  const { text } = await import('@clack/prompts');
  const typed = await text({ message: 'Username', output: process.stderr, ...(before && { initialValue: before }) });
  if (typeof typed !== 'string') throw new Cancelled();
  if (typed === '') throw usageError('The username is empty.', 'spikectl login --username NAME');
  return typed;
}

/** From stdin when told so, else from SPIKE_PASSWORD, else asked for without being shown. */
export async function readPassword({ fromStdin, canAsk }: { fromStdin: boolean; canAsk: boolean }): Promise<string> {
  const given = fromStdin ? (await readAll(process.stdin)).replace(/\r?\n$/, '') : process.env.SPIKE_PASSWORD;
  if (given !== undefined && given !== '') return given;
  if (fromStdin)
    throw usageError('There is no password on stdin.', 'echo "$PASSWORD" | spikectl login --password-stdin');
  if (!canAsk) {
    throw usageError(
      'The password is missing, and there is no terminal to ask on.',
      'Pipe it in with --password-stdin, or set SPIKE_PASSWORD.',
    );
  }
  const { password } = await import('@clack/prompts');
  const typed = await password({ message: 'Password', output: process.stderr });
  if (typeof typed !== 'string') throw new Cancelled();
  return typed;
}
