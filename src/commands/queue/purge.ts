import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { deadLetterFlags } from '../../cli/deadLetterFlags.js';
import type { DeadLettersChange } from '../../domain/wire.js';

export default class QueuePurge extends BaseCommand<typeof QueuePurge> {
  static override summary = 'Give dead letters up: their orders are cancelled, their units return to the sale';
  static override description = `Only dead letters, never orders that wait in the order queue. Buyers find their order as cancelled; the audit log names who did it.`;
  static override examples = [
    '<%= config.bin %> queue purge --dry-run',
    '<%= config.bin %> queue purge --event 3 --yes',
  ];
  static override flags = {
    ...deadLetterFlags,
    'dry-run': Flags.boolean({ description: 'Only say what would be given up' }),
  };

  async run(): Promise<DeadLettersChange> {
    const { countDeadLetters, dealWithAll } = await import('../../cli/deadLetters.js');
    const { runSteps } = await import('../../cli/progress.js');
    const { event: eventId, 'dry-run': dryRun } = this.flags;
    return this.withStaff(async (staff) => {
      const { isAll, ...there } = await countDeadLetters(staff, eventId);
      const orders = isAll ? `${there.orders}` : `more than ${there.orders}`;
      if (there.letters === 0 || dryRun) {
        if (there.letters === 0) this.out.info('There is no dead letter.');
        else this.out.result(`Nothing was given up. It would be ${there.letters} letters with ${orders} orders.`);
        return there;
      }
      await this.confirm(`Give up ${there.letters} dead letters and cancel the ${orders} orders in them?`);
      let done = there;
      await runSteps(
        [
          {
            title: `Giving up ${there.letters} dead letters`,
            run: async (say) => {
              done = await dealWithAll(staff.purgeDeadLetters, { eventId, total: there.letters, say });
              return `Gave up ${done.letters} letters, cancelled ${done.orders} orders`;
            },
          },
        ],
        this.out,
      );
      return done;
    });
  }
}
