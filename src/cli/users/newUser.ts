import type { NewUser } from '../../client/answers.js';
import { newUserSchema } from '../../domain/newUser.js';
import { toInputIssues } from '../../domain/inputIssues.js';
import { usageError } from '../errors.js';

/** What `user create` was given, as typed. */
export interface NewUserFlags {
  phone?: string | undefined;
  name?: string | undefined;
  'birth-date'?: string | undefined;
  'work-status'?: string | undefined;
  'national-id'?: string | undefined;
}

const flagOf: Readonly<Record<string, string>> = {
  phone: '--phone',
  name: '--name',
  birthDate: '--birth-date',
  workStatus: '--work-status',
  nationalId: '--national-id',
};

/**
 * Checks everything that can be checked before anything is sent, by the schema of the registration itself.
 *
 * @throws a usage error that names the flags
 */
export function newUser(flags: NewUserFlags, password: string): NewUser {
  if (flags.phone === undefined) {
    throw usageError('The phone number is missing.', 'Pass --phone +491701234567, or --file users.csv for many users.');
  }
  const given = {
    phone: flags.phone,
    password,
    name: flags.name,
    birthDate: flags['birth-date'],
    workStatus: flags['work-status'],
    nationalId: flags['national-id'],
  };
  const parsed = newUserSchema.safeParse(given);
  if (parsed.success) return withoutMissing(parsed.data);
  const issues = toInputIssues(parsed.error).map(({ path, message }) => `${flagOf[path] ?? path}: ${message}`);
  throw usageError(`${issues.join('; ')}.`, 'spikectl user create --help');
}

/** A user as it is sent: what was not told is not in it. */
export function withoutMissing(user: { [Name in keyof NewUser]: NewUser[Name] | undefined }): NewUser {
  return Object.fromEntries(Object.entries(user).filter(([, value]) => value !== undefined)) as unknown as NewUser;
}
