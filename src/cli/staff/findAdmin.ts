import type { StaffClient } from '../../client/createStaffClient.js';
import type { StaffView } from '../../domain/wire.js';
import { CliError } from '../errors.js';
import { nearest } from '../nearest.js';

/** Finds a member of staff by name; Ann is ann, as at the login. */
export async function findAdmin(staff: StaffClient, name: string): Promise<StaffView> {
  const { admins } = await staff.listAdmins();
  const found = admins.find(({ username }) => username.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const meant = nearest(
    name,
    admins.map(({ username }) => username),
  );
  throw new CliError('NOT_FOUND', `There is nobody called '${name}' among the staff.`, {
    suggestions: [...(meant === undefined ? [] : [`Did you mean ${meant}?`]), 'spikectl admin list'],
  });
}
