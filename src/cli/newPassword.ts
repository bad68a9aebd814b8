import { randomBytes } from 'node:crypto';
import { text as readAll } from 'node:stream/consumers';
import { passwordSchema } from '../domain/newUser.js';
import { Cancelled, usageError } from './errors.js';

/** 96 bits, in sixteen characters that survive a chat, a file and a shell. */
const PASSWORD_BYTES = 12;

export interface NewPassword {
  password: string;
  /** Nobody knows it yet: it has to be shown, once. */
  isGenerated: boolean;
}

export interface NewPasswordOptions {
  fromStdin: boolean;
  canAsk: boolean;
  /** `admin create …`, for the message. */
  command: string;
  environment?: NodeJS.ProcessEnv;
}

/** From stdin when told so, else from SPIKE_PASSWORD, else asked for without being shown; where nobody can be asked, made up. */
export async function readNewPassword(options: NewPasswordOptions): Promise<NewPassword> {
  const { fromStdin, canAsk, command, environment = process.env } = options;
  const given = fromStdin ? firstLine(await readAll(process.stdin)) : environment.SPIKE_PASSWORD;
  if (fromStdin && !given) throw noPasswordOnStdin(command);
  const typed = given || (canAsk ? await askNewPassword() : undefined);
  if (!typed) return { password: makePassword(), isGenerated: true };
  return { password: checkPassword(typed), isGenerated: false };
}

export function makePassword(): string {
  return randomBytes(PASSWORD_BYTES).toString('base64url');
}

/** @throws a usage error when the services would refuse it */
export function checkPassword(password: string): string {
  if (passwordSchema.safeParse(password).success) return password;
  throw usageError('The password is not of a fit length.', 'A password has 8 to 128 characters.');
}

export function noPasswordOnStdin(command: string): Error {
  return usageError('There is no password on stdin.', `echo "$PASSWORD" | spikectl ${command} --password-stdin`);
}

/** Twice, because nobody sees what they type. */
async function askNewPassword(): Promise<string> {
  const first = await ask('New password (leave it empty to have one made up)');
  if (first !== '' && (await ask('The same again')) !== first) {
    throw usageError('The two passwords differ; nothing was changed.', 'Type the same password twice.');
  }
  return first;
}

/** Asks without showing what is typed. */
export async function ask(message: string): Promise<string> {
  const { password } = await import('@clack/prompts');
  const typed: unknown = await password({ message, output: process.stderr });
  if (typeof typed === 'symbol') throw new Cancelled();
  return typeof typed === 'string' ? typed : '';
}

function firstLine(text: string): string {
  return text.replace(/\r?\n$/, '');
}
