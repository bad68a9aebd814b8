import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import type { StaffEventView } from '../../domain/wire.js';

export default class EventResume extends BaseCommand<typeof EventResume> {
  static override summary = 'Sell again after a pause';
  static override description = 'Resuming an event that is not paused changes nothing.';
  static override examples = ['<%= config.bin %> event resume 3'];
  static override args = { event: eventArg({ required: true }) };

  async run(): Promise<StaffEventView & { changed: boolean }> {
    const { switchEvent } = await import('../../cli/events/switchEvent.js');
    const event = await this.withStaff(async (staff) => switchEvent(staff, this.args.event, 'resume', this.out));
    return event;
  }
}
