import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { eventText } from '../../cli/eventText.js';
import { knownEvent } from '../../cli/knownEvent.js';
import type { StaffEventView } from '../../domain/wire.js';

export default class EventShow extends BaseCommand<typeof EventShow> {
  static override summary = 'Show a sale event with its stock and the answers it gave';
  static override examples = ['<%= config.bin %> event show 3', '<%= config.bin %> event show 3 --json'];
  static override args = { event: eventArg({ required: true }) };

  async run(): Promise<StaffEventView> {
    const { event } = await this.withStaff(async (staff) =>
      knownEvent(this.args.event, staff.showEvent(this.args.event)),
    );
    this.out.result(eventText(event, this.out.paint));
    return event;
  }
}
