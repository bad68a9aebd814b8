import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { deadLetterFlags } from '../../cli/deadLetterFlags.js';
import type { DeadLettersChange } from '../../domain/wire.js';

export default class QueueReplay extends BaseCommand<typeof QueueReplay> {
  static override summary = 'Send dead letters to the order queue again';
  static override description = `Safe to repeat: an order that is sent twice is stored once. What still cannot be stored comes back as a dead letter; one that cannot be read stays.`;
  static override examples = ['<%= config.bin %> queue replay', '<%= config.bin %> queue replay --event 3 --dry-run'];
  static override flags = {
    ...deadLetterFlags,
    'dry-run': Flags.boolean({ description: 'Only say what would be sent' }),
  };

  async run(): Promise<DeadLettersChange> {
    const { countDeadLetters, dealWithAll } = await import('../../cli/deadLetters.js');
    const { runSteps } = await import('../../cli/progress.js');
    const { event: eventId, 'dry-run': dryRun } = this.flags;
    return this.withStaff(async (staff) => {
      const { isAll, ...there } = await countDeadLetters(staff, eventId);
      if (there.letters === 0 || dryRun) {
        const orders = isAll ? `${there.orders}` : `more than ${there.orders}`;
        if (there.letters === 0) this.out.info('There is no dead letter.');
        else this.out.result(`Nothing was sent. It would be ${there.letters} letters with ${orders} orders.`);
        return there;
      }
      let done = there;
      await runSteps(
        [
          {
            title: `Sending ${there.letters} dead letters again`,
            run: async (say) => {
              done = await dealWithAll(staff.replayDeadLetters, { eventId, total: there.letters, say });
              return `Sent ${done.letters} letters with ${done.orders} orders again`;
            },
          },
        ],
        this.out,
      );
      if (done.unreadable > 0) this.out.warn(`${done.unreadable} letters cannot be read and stay: spikectl queue peek`);
      this.out.info('See whether they come back: spikectl queue list\nProve the stock: spikectl audit');
      return done;
    });
  }
}
