import type { NewUser } from '../../client/answers.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import { makePassword } from '../newPassword.js';
import type { Output } from '../output.js';
import { barText, runSteps } from '../progress.js';
import { openPasswordsFile, type PasswordsFile } from './passwordsFile.js';
import type { UserRow } from './readUsersFile.js';

/** Users in one request: about a second of hashing, so that progress is seen and an interrupt costs little. */
const CHUNK_USERS = 20;
/** In a dry run, which hashes nothing: as many as the service takes. */
const DRY_CHUNK_USERS = 200;

export interface CreatedUsers {
  dryRun: boolean;
  /** Users in the file. */
  total: number;
  created: number;
  /** Whose phone number is registered; they are left as they are. */
  existing: number;
  /** Of those created, how many got a generated password. */
  generatedPasswords: number;
  passwordsFile: string | null;
}

export interface CreateUsersOptions {
  /** Where generated passwords are kept; undefined: nowhere. */
  passwordsTo: string | undefined;
  dryRun: boolean;
  out: Output;
  /** Told how many of the users have been dealt with. */
  onProgress(done: number): void;
}

/**
 * Makes the users in parts, one after the other. Who exists is left alone, so whoever is interrupted types the same command
 * again. A generated password is on the disk before its user is made: none is ever lost, and the next run uses it again.
 */
export async function createUsers(
  staff: StaffClient,
  rows: readonly UserRow[],
  options: CreateUsersOptions,
): Promise<CreatedUsers> {
  const { passwordsTo, dryRun } = options;
  const result: CreatedUsers = {
    dryRun,
    total: rows.length,
    created: 0,
    existing: 0,
    generatedPasswords: 0,
    passwordsFile: passwordsTo ?? null,
  };
  const passwords = passwordsTo === undefined || dryRun ? undefined : await openPasswordsFile(passwordsTo);
  const sendAll = async (say: (text: string) => void): Promise<string> => {
    const size = dryRun ? DRY_CHUNK_USERS : CHUNK_USERS;
    for (let start = 0; start < rows.length; start += size) {
      await sendPart(staff, rows.slice(start, start + size), { passwords, result });
      const done = Math.min(start + size, rows.length);
      options.onProgress(done);
      say(barText(done, rows.length, 'users'));
    }
    return `${dryRun ? 'Looked up' : 'Sent'} ${rows.length} users`;
  };
  try {
    await runSteps(
      [{ title: `${dryRun ? 'Looking up' : 'Creating'} ${rows.length} users`, run: sendAll }],
      options.out,
    );
  } finally {
    await passwords?.close();
  }
  return result;
}

async function sendPart(
  staff: StaffClient,
  rows: readonly UserRow[],
  { passwords, result }: { passwords: PasswordsFile | undefined; result: CreatedUsers },
): Promise<void> {
  const isGenerated = new Set(rows.filter(({ password }) => password === undefined).map(({ phone }) => phone));
  const users = rows.map((row): NewUser => {
    const password = row.password ?? passwords?.kept.get(row.phone) ?? makePassword();
    return { ...row, password };
  });
  if (passwords !== undefined) await keepPasswords(staff, users, { passwords, isGenerated });
  const answer = await staff.createUsers(users, { dryRun: result.dryRun });
  result.created += answer.created;
  result.existing += answer.existing;
  result.generatedPasswords += answer.users.filter(({ phone, isNew }) => isNew && isGenerated.has(phone)).length;
}

/** Of those who are not registered yet: the others keep the password that they have, and it is none of these. */
async function keepPasswords(
  staff: StaffClient,
  users: readonly NewUser[],
  { passwords, isGenerated }: { passwords: PasswordsFile; isGenerated: ReadonlySet<string> },
): Promise<void> {
  const asked = users.filter(({ phone }) => isGenerated.has(phone) && !passwords.kept.has(phone));
  if (asked.length === 0) return;
  const { users: found } = await staff.createUsers(asked, { dryRun: true });
  const fresh = new Set(found.filter(({ isNew }) => isNew).map(({ phone }) => phone));
  await passwords.add(asked.filter(({ phone }) => fresh.has(phone)));
}
