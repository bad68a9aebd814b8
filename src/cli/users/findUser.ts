import type { StaffUserView } from '../../client/answers.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import { CliError, usageError } from '../errors.js';
import { toUserRef } from '../rules/toUserRef.js';

/** Finds a user by what the operator typed: an id, or a phone number. */
export async function findUser(staff: StaffClient, typed: string): Promise<StaffUserView> {
  const ref = toUserRef(typed);
  if (ref === undefined) {
    throw usageError(`'${typed}' is neither the id of a user nor a phone number.`, 'spikectl user list');
  }
  if ('phone' in ref) {
    const [found] = (await staff.listUsers({ phone: ref.phone })).users;
    if (found !== undefined) return found;
    throw unknown(`There is no user with the phone number ${ref.phone}.`);
  }
  try {
    return (await staff.showUser(ref.userId)).user;
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.code !== 'NOT_FOUND') throw error;
    const hint = ref.userId.length > 5 ? [`For a phone number: spikectl user list --phone ${ref.userId}`] : [];
    throw unknown(`There is no user ${ref.userId}.`, ...hint);
  }
}

function unknown(message: string, ...hints: string[]): CliError {
  return new CliError('NOT_FOUND', message, { suggestions: [...hints, 'spikectl user list'] });
}
