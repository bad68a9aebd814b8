import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import type { ChangedUser } from '../../cli/users/blockUser.js';

export default class UserBlock extends BaseCommand<typeof UserBlock> {
  static override summary = 'Keep a user from buying: block the account and put it on the deny list';
  static override description = `They can neither log in nor get a ticket any more, in any event; orders that they have stay. A ticket in hand is good for two minutes at most.
With --only-rules the account stays open, and only events whose rule has the filter untrustworthy refuse them.`;
  static override examples = [
    '<%= config.bin %> user block 7 --reason "bought for resale"',
    '<%= config.bin %> user block +491701234567 --reason "under review" --only-rules',
  ];
  static override args = { user: Args.string({ required: true, description: 'Id or phone number of the user' }) };
  static override flags = {
    reason: Flags.string({ required: true, description: 'Why; only staff see it' }),
    'only-rules': Flags.boolean({ default: false, description: 'Leave the account open: the deny list alone' }),
    'dry-run': Flags.boolean({ default: false, description: 'Only say what would change' }),
  };

  async run(): Promise<ChangedUser> {
    const { blockUser } = await import('../../cli/users/blockUser.js');
    const { reason, 'only-rules': onlyRules, 'dry-run': dryRun } = this.flags;
    return this.withStaff(async (staff) =>
      blockUser(staff, { user: this.args.user, reason, onlyRules, dryRun, out: this.out }),
    );
  }
}
