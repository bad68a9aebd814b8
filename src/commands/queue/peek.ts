import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { deadLetterFlags } from '../../cli/deadLetterFlags.js';
import { deadLetterColumns } from '../../cli/deadLetters.js';
import { printTable, tableFlags } from '../../cli/table.js';
import type { DeadLetterView } from '../../domain/wire.js';

/** As many as the service shows at once. */
const LETTERS_MAX = 500;

export default class QueuePeek extends BaseCommand<typeof QueuePeek> {
  static override summary = 'Look at dead letters: orders that could not be stored, and why';
  static override description = 'The oldest come first. They stay in the queue.';
  static override examples = [
    '<%= config.bin %> queue peek',
    '<%= config.bin %> queue peek --event 3 --limit 100 --json',
  ];
  static override flags = {
    ...deadLetterFlags,
    limit: Flags.integer({ default: 20, min: 1, max: LETTERS_MAX, description: 'Letters to look at' }),
    ...tableFlags,
  };

  async run(): Promise<DeadLetterView[]> {
    const { event: eventId, limit } = this.flags;
    const { letters, total } = await this.withStaff(async (staff) => staff.peekDeadLetters({ eventId, limit }));
    const shown = await printTable(letters, {
      columns: deadLetterColumns,
      flags: this.flags,
      out: this.out,
      nothing: 'There is no dead letter.',
    });
    if (letters.length === limit && total > limit)
      this.out.warn(`There are ${total} dead letters. Pass a larger --limit.`);
    if (letters.length > 0) this.out.info('Send them again: spikectl queue replay\nGive them up: spikectl queue purge');
    return shown;
  }
}
