import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';
import type { StaffEventView } from '../../domain/wire.js';

export default class EventResume extends BaseCommand<typeof EventResume> {
  static override summary = 'Sell again after a pause';
  static override description = 'Resuming an event that is not paused changes nothing.';
  static override examples = ['<%= config.bin %> event resume 3'];
  static override args = { event: eventArg({ required: true }) };

  async run(): Promise<StaffEventView & { changed: boolean }> {
    const { saySwitched } = await import('../../cli/events/saySwitched.js');
    const answer = await this.withStaff(async (staff) =>
      knownEvent(this.args.event, staff.resumeEvent(this.args.event)),
    );
    saySwitched(answer, 'resume', this.out);
    return { ...answer.event, changed: answer.changed };
  }
}
