import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';
import type { StaffEventView } from '../../domain/wire.js';

export default class EventClose extends BaseCommand<typeof EventClose> {
  static override summary = 'End a sale for good, before its time';
  static override description = `Nobody can buy any more, and it cannot be opened again; orders stay and can still be paid.
To stop for a while: event pause. To move the end: event update --ends.`;
  static override examples = ['<%= config.bin %> event close 3', '<%= config.bin %> event close 3 --yes'];
  static override args = { event: eventArg({ required: true }) };

  async run(): Promise<StaffEventView & { changed: boolean }> {
    const { switchEvent } = await import('../../cli/events/switchEvent.js');
    return this.withStaff(async (staff) => {
      const { event } = await knownEvent(this.args.event, staff.showEvent(this.args.event));
      if (event.state !== 'closed')
        await this.confirm(`Close event ${event.id} (${event.title}, ${event.state}, ${event.sold} sold) for good?`);
      return switchEvent(staff, event.id, 'close', this.out);
    });
  }
}
