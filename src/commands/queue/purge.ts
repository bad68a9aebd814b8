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
    const { workOnDeadLetters } = await import('../../cli/deadLetters.js');
    const { event: eventId, 'dry-run': dryRun } = this.flags;
    return this.withStaff(async (staff) => {
      const work = {
        deal: staff.purgeDeadLetters,
        nothing: 'Nothing was given up.',
        doing: (letters: number) => `Giving up ${letters} dead letters`,
        done: ({ letters, orders }: DeadLettersChange) => `Gave up ${letters} letters, cancelled ${orders} orders`,
        ask: (letters: number, orders: string) =>
          this.confirm(`Give up ${letters} dead letters and cancel the ${orders} orders in them?`),
      };
      return workOnDeadLetters(staff, this.out, { eventId, dryRun, work });
    });
  }
}
