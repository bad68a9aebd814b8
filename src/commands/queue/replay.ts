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
    const { workOnDeadLetters } = await import('../../cli/deadLetters.js');
    const { event: eventId, 'dry-run': dryRun } = this.flags;
    return this.withStaff(async (staff) => {
      const work = {
        deal: staff.replayDeadLetters,
        nothing: 'Nothing was sent.',
        doing: (letters: number) => `Sending ${letters} dead letters again`,
        done: ({ letters, orders }: DeadLettersChange) => `Sent ${letters} letters with ${orders} orders again`,
      };
      const change = await workOnDeadLetters(staff, this.out, { eventId, dryRun, work });
      if (dryRun || change.letters === 0) return change;
      if (change.unreadable > 0)
        this.out.warn(`${change.unreadable} letters cannot be read and stay: spikectl queue peek`);
      this.out.info('See whether they come back: spikectl queue list\nProve the stock: spikectl audit');
      return change;
    });
  }
}
