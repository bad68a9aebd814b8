import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';

interface Deleted {
  id: string;
  title: string;
  deleted: boolean;
  dryRun: boolean;
}

export default class EventDelete extends BaseCommand<typeof EventDelete> {
  static override summary = 'Delete a sale event that has no orders';
  static override description = 'One that has orders, also ended ones, can only be closed. Its key is free again.';
  static override examples = [
    '<%= config.bin %> event delete 3',
    '<%= config.bin %> event delete 3 --yes',
    '<%= config.bin %> event delete 3 --dry-run',
  ];
  static override args = { event: eventArg({ required: true }) };
  static override flags = {
    'dry-run': Flags.boolean({ default: false, description: 'Only say whether it can be deleted' }),
  };

  async run(): Promise<Deleted> {
    const { deletedEvent } = await import('../../cli/events/deletedEvent.js');
    const { 'dry-run': dryRun } = this.flags;
    return this.withStaff(async (staff) => {
      const { event } = await knownEvent(this.args.event, staff.showEvent(this.args.event));
      const name = `event ${event.id} (${event.title}, ${event.state}, ${event.sold} sold)`;
      if (!dryRun) await this.confirm(`Delete ${name}?`);
      await deletedEvent(event.id, staff.deleteEvent(event.id, { dryRun }));
      if (dryRun) this.out.info(`Nothing was changed. It would delete ${name}.`);
      else this.out.success(`Deleted event ${event.id} (${event.title}).`);
      return { id: event.id, title: event.title, deleted: !dryRun, dryRun };
    });
  }
}
