import type { NewUser } from '../../client/answers.js';
import { toInputIssues } from '../../domain/inputIssues.js';
import { newUserSchema, passwordSchema } from '../../domain/newUser.js';
import { csvFaults, readCsvLines, readCsvSource, type CsvSource } from '../csvFile.js';
import { usageError } from '../errors.js';
import { nearest } from '../nearest.js';
import { withoutMissing } from './newUser.js';

/** Some hours of hashing; a file that is larger is as a rule the wrong one. */
const USERS_MAX = 100_000;

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
  return parseUsers(await readCsvSource(source, 'users.csv'));
}

const ofOne = ['phone', 'name', 'birth-date', 'work-status', 'national-id', 'password-stdin'] as const;

/** @throws a usage error when the file is not all that says who is to be made */
export function assertFileAlone(flags: Partial<Record<(typeof ofOne)[number], unknown>>): void {
  const beside = ofOne.find((name) => flags[name] !== undefined);
  if (beside !== undefined) {
    throw usageError(`--file cannot go with --${beside}.`, 'spikectl user create --file users.csv');
  }
}

export function parseUsers(source: CsvSource): UserRow[] {
  const { file } = source;
  const [header, ...lines] = readCsvLines(source, { form: FORM });
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
  if (faults.length > 0) throw csvFaults(file, faults, FORM);
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
