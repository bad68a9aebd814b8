import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';
import type { StaffEventView } from '../../domain/wire.js';

export default class EventPause extends BaseCommand<typeof EventPause> {
  static override summary = 'Stop selling until the event is resumed';
  static override description = 'Orders that were accepted stay; shoppers are told to try again later.';
  static override examples = ['<%= config.bin %> event pause 3'];
  static override args = { event: eventArg({ required: true }) };

  async run(): Promise<StaffEventView> {
    const { event } = await this.withStaff(async (staff) =>
      knownEvent(this.args.event, staff.pauseEvent(this.args.event)),
    );
    this.out.success(`Event ${event.id} (${event.title}) is ${event.state}.`);
    this.out.info(`Go on: spikectl event resume ${event.id}`);
    return event;
  }
}
