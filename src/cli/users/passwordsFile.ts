import { open, readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { usageError } from '../errors.js';

/** Only the owner: it holds passwords. */
const FILE_MODE = 0o600;
const HEADER = 'phone,password';

/** The generated passwords of users that were, or are about to be, made: `phone,password`, one a line. */
export interface PasswordsFile {
  /** Those of an earlier run, by phone number: whoever was not made then gets the same password now. */
  readonly kept: ReadonlyMap<string, string>;
  /** On the disk when it returns. */
  add(passwords: readonly { phone: string; password: string }[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the file, or goes on with that of an earlier run, which was interrupted perhaps.
 *
 * @throws a usage error when the file is there and is something else: it would be lost or mixed up
 */
export async function openPasswordsFile(file: string): Promise<PasswordsFile> {
  const before = await readBefore(file);
  const kept = before === undefined || before === '' ? new Map<string, string>() : parseKept(before, file);
  const handle = await open(file, 'a', FILE_MODE);
  try {
    await handle.chmod(FILE_MODE);
    if (before === undefined || before === '') await handle.appendFile(`${HEADER}\n`);
    // What was cut off by a crash was not sent yet.
    else if (!before.endsWith('\n')) await handle.appendFile('\n');
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    kept,
    async add(passwords) {
      if (passwords.length === 0) return;
      // Neither a phone number nor a password of ours has a sign that CSV would have to quote.
      await handle.appendFile(passwords.map(({ phone, password }) => `${phone},${password}\n`).join(''));
      await handle.datasync();
    },
    close: () => handle.close(),
  };
}

async function readBefore(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code !== 'EISDIR' && code !== 'EACCES') throw error;
    throw usageError(`--passwords-to: '${file}' cannot be written.`, '--passwords-to passwords.csv');
  }
}

function parseKept(content: string, file: string): Map<string, string> {
  const [first = '', ...lines] = content.split('\n');
  if (first.trim() !== HEADER) throw notOurs(file);
  // The last line is whole when a line break stands behind it.
  const whole = lines.slice(0, -1).join('\n');
  try {
    const rows: string[][] = parse(whole, { relax_column_count: true, skip_empty_lines: true });
    return new Map(rows.flatMap(([phone, password]) => (phone && password ? [[phone, password]] : [])));
  } catch (error) {
    if (error instanceof CsvError) throw notOurs(file);
    throw error;
  }
}

function notOurs(file: string): Error {
  return usageError(
    `--passwords-to: '${file}' is there and is not a list of passwords of an earlier run.`,
    'Give the name of a new file.',
  );
}
