import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CsvError, parse } from 'csv-parse/sync';
import type { NewUser } from '../../client/answers.js';
import { toInputIssues } from '../../domain/inputIssues.js';
import { newUserSchema, passwordSchema } from '../../domain/newUser.js';
import { usageError, type CliError } from '../errors.js';
import { nearest } from '../nearest.js';
import { withoutMissing } from './newUser.js';

/** Some hours of hashing; a file that is larger is as a rule the wrong one. */
const USERS_MAX = 100_000;
/** Faults that are named one by one; who has more of them has another kind of file. */
const FAULTS_SHOWN_MAX = 20;

const columns = ['phone', 'password', 'name', 'birthDate', 'workStatus', 'nationalId'] as const;

type ColumnName = (typeof columns)[number];

/** A user of the file; without a password when the file gives none. */
export type UserRow = Omit<NewUser, 'password'> & { password?: string };

const rowSchema = newUserSchema.extend({ password: passwordSchema.optional() });

const FORM = `The first line names the columns, any of ${columns.join(', ')}; phone is needed.`;

/**
 * Reads users from a CSV file (comma, semicolon or tab), or from stdin when it is `-`.
 *
 * @throws a usage error that names every line with what is wrong in it; no value of a cell is repeated, since some are secret
 */
export async function readUsersFile(source: string): Promise<UserRow[]> {
  const content = source === '-' ? await text(process.stdin) : await readSource(source);
  return parseUsers(content, source === '-' ? 'stdin' : source);
}

/** @param file its name, for the messages */
export function parseUsers(content: string, file: string): UserRow[] {
  const [header, ...lines] = readLines(content, file);
  if (header === undefined) throw usageError(`${file} is empty.`, FORM);
  const names = readHeader(header.cells, file);
  if (lines.length === 0) throw usageError(`${file} names columns and no user.`, FORM);
  if (lines.length > USERS_MAX) throw usageError(`${file} has more than ${USERS_MAX} users.`, 'Split it.');
  const faults: string[] = [];
  const users: UserRow[] = [];
  const lineOfPhone = new Map<string, number>();
  for (const { line, cells } of lines) {
    const row = readRow(cells, names);
    const known = 'user' in row ? lineOfPhone.get(row.user.phone) : undefined;
    if ('faults' in row) faults.push(...row.faults.map((fault) => `line ${line}: ${fault}`));
    else if (known !== undefined) faults.push(`line ${line}: the phone number stands on line ${known} already`);
    else {
      lineOfPhone.set(row.user.phone, line);
      users.push(row.user);
    }
  }
  if (faults.length > 0) throw faultError(faults, file);
  return users;
}

function readRow(cells: readonly string[], names: readonly ColumnName[]): { user: UserRow } | { faults: string[] } {
  if (cells.length > names.length) return { faults: [`has ${cells.length} cells for ${names.length} columns`] };
  const filled = names.flatMap((name, index) => (cells[index] ? [[name, cells[index]] as const] : []));
  const parsed = rowSchema.safeParse(Object.fromEntries(filled));
  if (parsed.success) return { user: withoutMissing(parsed.data as NewUser) };
  return { faults: toInputIssues(parsed.error).map(({ path, message }) => `${path} ${message}`) };
}

function readHeader(cells: readonly string[], file: string): ColumnName[] {
  const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
  const names = cells.map((cell) => {
    const found = columns.find((name) => plain(name) === plain(cell));
    if (found !== undefined) return found;
    const meant = nearest(cell, columns);
    throw usageError(
      `${file}, line 1: there is no column '${cell}'.`,
      ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
      FORM,
    );
  });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw usageError(`${file}, line 1: the column ${twice} stands there twice.`, FORM);
  if (!names.includes('phone')) throw usageError(`${file}, line 1: the column phone is missing.`, FORM);
  return names;
}

interface Line {
  line: number;
  cells: string[];
}

function readLines(content: string, file: string): Line[] {
  try {
    const records = parse(content, {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? `, line ${error.lines}` : '';
    throw usageError(`${file}${line}: is not CSV (${error.code}).`, FORM);
  }
}

function faultError(faults: readonly string[], file: string): CliError {
  const shown = faults.slice(0, FAULTS_SHOWN_MAX);
  const rest = faults.length > shown.length ? [`and ${faults.length - shown.length} more`] : [];
  return usageError(`${file}:\n  ${[...shown, ...rest].join('\n  ')}\nNothing was sent.`, FORM);
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'EACCES') throw error;
    throw usageError(`--file: there is no file '${file}' that can be read.`, '--file users.csv', '--file -');
  }
}
