import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { usageError } from '../../cli/errors.js';
import type { ChangedAdmin } from '../../cli/staff/changeAdmin.js';
import { roles } from '../../cli/staff/roles.js';

export default class AdminUpdate extends BaseCommand<typeof AdminUpdate> {
  static override summary = 'Change the role of a member of staff, or take away and give back their access';
  static override description = `For admins. In force with their next request, whatever token they have. The last admin who can log in stays one.`;
  static override examples = [
    '<%= config.bin %> admin update olga --role viewer',
    '<%= config.bin %> admin update olga --disable',
    '<%= config.bin %> admin update olga --enable --role operator --dry-run',
  ];
  static override args = { name: Args.string({ required: true, description: 'Name of the member of staff' }) };
  static override flags = {
    role: Flags.option({ options: roles, description: 'What they may do' })(),
    disable: Flags.boolean({ default: false, exclusive: ['enable'], description: 'They cannot log in any more' }),
    enable: Flags.boolean({ default: false, description: 'They can log in again' }),
    'dry-run': Flags.boolean({ default: false, description: 'Only say what would change' }),
  };

  async run(): Promise<ChangedAdmin> {
    const { changeAdmin } = await import('../../cli/staff/changeAdmin.js');
    const { role, disable, enable, 'dry-run': dryRun } = this.flags;
    if (role === undefined && !disable && !enable) {
      throw usageError('Nothing to change was given.', 'Pass --role ROLE, --disable or --enable.');
    }
    const change = { ...(role && { role }), ...((disable || enable) && { disabled: disable }) };
    return this.withStaff(async (staff) =>
      changeAdmin(staff, {
        name: this.args.name,
        change,
        dryRun,
        out: this.out,
        confirm: async (question) => this.confirm(question),
      }),
    );
  }
}
