import type { StaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import { CliError } from '../errors.js';
import type { UserRef } from './toUserRef.js';

/** The id of a user who exists. */
export async function findUserId(staff: StaffClient, user: UserRef): Promise<string> {
  if ('phone' in user) {
    const { users } = await staff.listUsers({ phone: user.phone });
    const [found] = users;
    if (found !== undefined) return found.id;
    throw unknownUser(`with the phone number ${user.phone}`);
  }
  try {
    return (await staff.showUser(user.userId)).user.id;
  } catch (error) {
    if (error instanceof ServiceRefusal && error.code === 'NOT_FOUND') throw unknownUser(user.userId, error);
    throw error;
  }
}

function unknownUser(who: string, cause?: unknown): CliError {
  return new CliError('NOT_FOUND', `There is no user ${who}.`, { suggestions: ['spikectl user list'], cause });
}
