import type { NewUser, StaffUserView } from '../../client/answers.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import { CliError } from '../errors.js';
import type { Output } from '../output.js';
import type { CreatedUsers } from './createUsers.js';

/** @throws CliError when the phone number is registered */
export async function createUser(staff: StaffClient, user: NewUser): Promise<StaffUserView> {
  try {
    return (await staff.createUser(user)).user;
  } catch (error) {
    if (error instanceof ServiceRefusal && error.code === 'PHONE_TAKEN') throw phoneTaken(user);
    throw error;
  }
}

/** What would become of the user. @throws CliError as the real thing would */
export async function wouldCreateUser(staff: StaffClient, user: NewUser, out: Output): Promise<CreatedUsers> {
  const { created } = await staff.createUsers([user], { dryRun: true });
  if (created === 0) throw phoneTaken(user);
  out.info('Nothing was changed. It would be:');
  out.result(`A new user with the phone number ${user.phone}.`);
  return { dryRun: true, total: 1, created, existing: 0, generatedPasswords: 0, passwordsFile: null };
}

function phoneTaken({ phone }: NewUser): CliError {
  return new CliError('PHONE_TAKEN', `The phone number ${phone} is registered.`, {
    suggestions: [`spikectl user list --phone ${phone}`],
  });
}
