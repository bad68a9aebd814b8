import { csvFaults, readCsvLines, readCsvSource, type CsvSource } from '../csvFile.js';
import { usageError } from '../errors.js';
import { toUserRef, type UserRef } from './toUserRef.js';

/** Users in one file: some seconds of work, and a file that is larger is as a rule the wrong one. */
const USERS_MAX = 100_000;

/** Headings of the first column, without regard to case and signs. */
const headings: ReadonlyMap<string, 'userId' | 'phone'> = new Map([
  ['id', 'userId'],
  ['user', 'userId'],
  ['userid', 'userId'],
  ['phone', 'phone'],
  ['phonenumber', 'phone'],
  ['mobile', 'phone'],
]);

const FORM = 'Write one user id or phone number a line; other columns and what follows a # do not count.';

/**
 * Reads a list of users from a file, or from stdin when it is `-`: the first column of a CSV, with or without a heading that
 * says what it holds.
 *
 * @throws a usage error that names every line that is neither an id nor a phone number
 */
export async function readUserList(source: string): Promise<UserRef[]> {
  return parseUserList(await readCsvSource(source, 'customers.csv'));
}

export function parseUserList(source: CsvSource): UserRef[] {
  const { file } = source;
  const [first, ...others] = readCsvLines(source, { comment: '#', form: FORM });
  const kind = headings.get(first?.cells[0]?.toLowerCase().replace(/[\s_-]/g, '') ?? '');
  const lines = first === undefined || kind !== undefined ? others : [first, ...others];
  if (lines.length === 0) throw usageError(`${file} names no user.`, FORM);
  if (lines.length > USERS_MAX) throw usageError(`${file} names more than ${USERS_MAX} users.`, 'Split it.');
  const users = lines.map(({ line, cells: [cell = ''] }) => ({ line, cell, user: toUserRef(cell, kind) }));
  const strange = users.filter(({ user }) => user === undefined);
  if (strange.length === 0) return users.flatMap(({ user }) => user ?? []);
  const faults = strange.map(({ line, cell }) => `line ${line}: '${cell}' is not ${wanted(kind)}`);
  throw csvFaults(file, faults, FORM);
}

function wanted(kind: 'userId' | 'phone' | undefined): string {
  if (kind === undefined) return 'a user id or a phone number';
  return kind === 'phone' ? 'a phone number' : 'the id of a user';
}
