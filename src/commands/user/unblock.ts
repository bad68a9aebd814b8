import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import type { ChangedUser } from '../../cli/users/blockUser.js';

export default class UserUnblock extends BaseCommand<typeof UserUnblock> {
  static override summary = 'Let a user buy again: unblock the account and take it off the deny list';
  static override examples = [
    '<%= config.bin %> user unblock 7',
    '<%= config.bin %> user unblock +491701234567 --dry-run',
  ];
  static override args = { user: Args.string({ required: true, description: 'Id or phone number of the user' }) };
  static override flags = { 'dry-run': Flags.boolean({ default: false, description: 'Only say what would change' }) };

  async run(): Promise<ChangedUser> {
    const { unblockUser } = await import('../../cli/users/blockUser.js');
    return this.withStaff(async (staff) =>
      unblockUser(staff, { user: this.args.user, dryRun: this.flags['dry-run'], out: this.out }),
    );
  }
}
