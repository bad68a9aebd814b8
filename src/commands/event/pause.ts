import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import type { StaffEventView } from '../../domain/wire.js';

export default class EventPause extends BaseCommand<typeof EventPause> {
  static override summary = 'Stop selling until the event is resumed';
  static override description =
    'Orders that were accepted stay; shoppers are told to try again later. Pausing again changes nothing.';
  static override examples = ['<%= config.bin %> event pause 3'];
  static override args = { event: eventArg({ required: true }) };

  async run(): Promise<StaffEventView & { changed: boolean }> {
    const { switchEvent } = await import('../../cli/events/switchEvent.js');
    const event = await this.withStaff(async (staff) => switchEvent(staff, this.args.event, 'pause', this.out));
    this.out.info(`Go on: spikectl event resume ${event.id}`);
    return event;
  }
}
