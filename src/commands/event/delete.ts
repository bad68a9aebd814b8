import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';

export default class EventDelete extends BaseCommand<typeof EventDelete> {
  static override summary = 'Delete a sale event that has no orders';
  static override examples = ['<%= config.bin %> event delete 3', '<%= config.bin %> event delete 3 --yes'];
  static override args = { event: eventArg({ required: true }) };

  async run(): Promise<{ id: string; title: string; deleted: true }> {
    return this.withStaff(async (staff) => {
      const { event } = await knownEvent(this.args.event, staff.showEvent(this.args.event));
      await this.confirm(`Delete event ${event.id} (${event.title}, ${event.state}, ${event.sold} sold)?`);
      await knownEvent(event.id, staff.deleteEvent(event.id));
      this.out.success(`Deleted event ${event.id} (${event.title}).`);
      return { id: event.id, title: event.title, deleted: true };
    });
  }
}
