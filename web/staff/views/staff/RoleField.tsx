import { staffRoles, type StaffRole } from '../../../../src/domain/staffRole.js';
import { SelectField } from '../../components/SelectField.js';
import { common } from '../../text/common.js';
import { staffTexts as texts } from '../../text/staff.js';

/** What a member of staff may do, said in words. */
export function RoleField({ role, onSelect }: { role: StaffRole; onSelect: (role: StaffRole) => void }) {
  return (
    <SelectField
      label={texts.role}
      hint={common.roleNotes[role]}
      value={role}
      options={staffRoles.map((value) => ({ value, text: common.roles[value] }))}
      onSelect={onSelect}
    />
  );
}
