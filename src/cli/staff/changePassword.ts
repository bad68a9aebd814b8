import type { StaffClient } from '../../client/createStaffClient.js';
import { keepToken } from '../connectStaff.js';
import { readNewPassword, type NewPassword } from '../newPassword.js';
import type { Output } from '../output.js';
import { findAdmin } from './findAdmin.js';
import { readOwnPasswords } from './readOwnPasswords.js';

export interface ChangePasswordOptions {
  /** Undefined: one's own. */
  name: string | undefined;
  fromStdin: boolean;
  canAsk: boolean;
  contextName: string | undefined;
  out: Output;
}

/** One's own by the old one, that of somebody else as an admin. */
export async function changePassword(
  staff: StaffClient,
  options: ChangePasswordOptions,
): Promise<NewPassword & { username: string }> {
  const { name, fromStdin, canAsk } = options;
  const { admin: self } = await staff.me();
  if (name === undefined || name.toLowerCase() === self.username.toLowerCase()) {
    return { username: self.username, ...(await changeOwn(staff, options)) };
  }
  const { id, username } = await findAdmin(staff, name);
  const chosen = await readNewPassword({ fromStdin, canAsk, command: `admin passwd ${username}` });
  await staff.resetPassword(id, chosen.password);
  return { username, ...chosen };
}

async function changeOwn(staff: StaffClient, options: ChangePasswordOptions): Promise<NewPassword> {
  const { fromStdin, canAsk, contextName, out } = options;
  const { oldPassword, new: chosen } = await readOwnPasswords({ fromStdin, canAsk });
  const token = await staff.changeOwnPassword(oldPassword, chosen.password);
  const kept = await keepToken({ contextName, warn: (text) => out.warn(text) }, token);
  if (kept === undefined) out.warn('SPIKE_TOKEN is void now: log in again for a new one.');
  return chosen;
}
