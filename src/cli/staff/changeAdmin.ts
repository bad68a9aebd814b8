import type { StaffChange } from '../../client/answers.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import type { StaffView } from '../../domain/wire.js';
import type { Output } from '../output.js';
import { findAdmin } from './findAdmin.js';

export type ChangedAdmin = StaffView & { dryRun: boolean };

export interface ChangeAdminOptions {
  name: string;
  change: StaffChange;
  dryRun: boolean;
  out: Output;
  confirm(question: string): Promise<void>;
}

/** Changes role or access of a member of staff; who would take something away from themselves is asked first. */
export async function changeAdmin(staff: StaffClient, options: ChangeAdminOptions): Promise<ChangedAdmin> {
  const { change, dryRun, out } = options;
  const admin = await findAdmin(staff, options.name);
  const differences = differencesOf(admin, change);
  if (differences.length === 0) {
    out.info(`${admin.username} is as wanted already: nothing was changed.`);
    return { ...admin, dryRun };
  }
  if (dryRun) {
    out.info('Nothing was changed. It would be:');
    out.result(`${admin.username}: ${differences.join(', ')}`);
    return { ...admin, dryRun };
  }
  const { admin: self } = await staff.me();
  if (self.id === admin.id) await options.confirm(`This is yourself. ${differences.join(', ')}?`);
  const { admin: changed } = await staff.changeAdmin(admin.id, change);
  out.success(`${changed.username}: ${differences.join(', ')}. In force with the next request.`);
  return { ...changed, dryRun };
}

function differencesOf({ role, disabledAt }: StaffView, change: StaffChange): string[] {
  const isDisabled = disabledAt !== null;
  return [
    ...(change.role === undefined || change.role === role ? [] : [`${role} → ${change.role}`]),
    ...(change.disabled === undefined || change.disabled === isDisabled
      ? []
      : [isDisabled ? 'disabled → enabled' : 'enabled → disabled']),
  ];
}
