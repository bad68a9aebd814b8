import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';
import type { StaffEventView } from '../../domain/wire.js';

export default class EventRestock extends BaseCommand<typeof EventRestock> {
  static override summary = 'Offer more units, or fewer, while the sale runs';
  static override description = `Fewer only down to what is free: reserved and sold units stay.
--to is safe to repeat; --by adds again each time.`;
  static override examples = [
    '<%= config.bin %> event restock 3 --by 50',
    '<%= config.bin %> event restock 3 --by=-20',
    '<%= config.bin %> event restock 3 --to 500 --dry-run',
  ];
  static override args = { event: eventArg({ required: true }) };
  static override flags = {
    by: Flags.integer({ helpValue: 'N', description: 'Units to add, or to take when below zero (--by=-20)' }),
    to: Flags.integer({ helpValue: 'N', min: 0, description: 'How many units there are to be' }),
    'dry-run': Flags.boolean({ description: 'Only say what would change' }),
  };

  async run(): Promise<StaffEventView> {
    const { restockChange } = await import('../../cli/restockChange.js');
    const { CliError } = await import('../../cli/errors.js');
    const change = restockChange(this.flags);
    return this.withStaff(async (staff) => {
      const { event: before } = await knownEvent(this.args.event, staff.showEvent(this.args.event));
      const quantity = 'by' in change ? before.quantity + change.by : change.quantity;
      if (this.flags['dry-run']) {
        const free = before.available ?? 0;
        if (before.quantity - quantity > free) {
          throw new CliError('NOT_ENOUGH_FREE', `Only ${free} of ${before.quantity} units are free.`, {
            suggestions: [`spikectl event restock ${before.id} --to ${before.quantity - free}`],
          });
        }
        this.out.info(`Nothing was changed. Event ${before.id} would go from ${before.quantity} to ${quantity} units.`);
        return before;
      }
      const { event } = await knownEvent(before.id, staff.restockEvent(before.id, change));
      const units = before.quantity === event.quantity ? `${event.quantity}` : `${before.quantity} → ${event.quantity}`;
      const free = event.available ?? 'an unknown number';
      this.out.success(`Event ${event.id} (${event.title}): ${units} units, ${free} of them free.`);
      return event;
    });
  }
}
