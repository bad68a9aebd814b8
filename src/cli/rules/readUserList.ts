import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CsvError, parse } from 'csv-parse/sync';
import { usageError, type CliError } from '../errors.js';
import { toUserRef, type UserRef } from './toUserRef.js';

/** Users in one file: some seconds of work, and a file that large is as a rule the wrong one. */
const USERS_MAX = 100_000;
/** Faults that are named one by one; who has more of them has another kind of file. */
const FAULTS_SHOWN_MAX = 20;

/** Headings of the first column, without regard to case and signs. */
const headings: Readonly<Record<string, 'userId' | 'phone'>> = {
  id: 'userId',
  user: 'userId',
  userid: 'userId',
  phone: 'phone',
  phonenumber: 'phone',
  mobile: 'phone',
};

const FORM = 'Write one user id or phone number a line; other columns and what follows a # do not count.';

/**
 * Reads a list of users from a file, or from stdin when it is `-`: the first column of a CSV (comma, semicolon or tab), with
 * or without a heading that says what it holds.
 *
 * @throws a usage error that names every line that is neither an id nor a phone number
 */
export async function readUserList(source: string): Promise<UserRef[]> {
  const content = source === '-' ? await text(process.stdin) : await readSource(source);
  return parseUserList(content, source === '-' ? 'stdin' : source);
}

/** @param file its name, for the messages */
export function parseUserList(content: string, file: string): UserRef[] {
  const [first, ...others] = readLines(content, file);
  const kind = headings[first?.cell.toLowerCase().replace(/[\s_-]/g, '') ?? ''];
  const lines = first === undefined || kind !== undefined ? others : [first, ...others];
  if (lines.length === 0) throw usageError(`${file} names no user.`, FORM);
  if (lines.length > USERS_MAX) throw usageError(`${file} names more than ${USERS_MAX} users.`, 'Split it.');
  const users = lines.map(({ cell, line }) => ({ line, cell, user: toUserRef(cell, kind) }));
  const faults = users.filter(({ user }) => user === undefined);
  if (faults.length > 0) throw faultError(faults, { file, kind });
  return users.flatMap(({ user }) => user ?? []);
}

interface Line {
  line: number;
  /** The first column. */
  cell: string;
}

function readLines(content: string, file: string): Line[] {
  try {
    const records = parse(content, {
      bom: true,
      comment: '#',
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, cell: record[0] ?? '' }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw usageError(`${file} is no list: ${error.message}.`, FORM);
  }
}

function faultError(faults: readonly Line[], { file, kind }: { file: string; kind: string | undefined }): CliError {
  const what = { userId: 'the id of a user', phone: 'a phone number' }[kind ?? ''] ?? 'a user id or a phone number';
  const shown = faults.slice(0, FAULTS_SHOWN_MAX).map(({ line, cell }) => `line ${line}: '${cell}' is not ${what}`);
  const rest = faults.length > shown.length ? [`and ${faults.length - shown.length} lines more`] : [];
  return usageError(`${file}:\n  ${[...shown, ...rest].join('\n  ')}\nNothing was sent.`, FORM);
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'EACCES') throw error;
    throw usageError(`--file: there is no file '${file}' that can be read.`, '--file customers.csv', '--file -');
  }
}
