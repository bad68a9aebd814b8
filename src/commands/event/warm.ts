import { BaseCommand } from '../../cli/baseCommand.js';
import { exitCodes } from '../../cli/errors.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';
import type { WarmCheck } from '../../domain/wire/events.js';
import type { StaffEventView } from '../../domain/wire.js';

interface Warmed {
  ready: boolean;
  checks: WarmCheck[];
  event: StaffEventView;
}

export default class EventWarm extends BaseCommand<typeof EventWarm> {
  static override summary = 'Prepare an event for its start, and check that all is ready';
  static override description = `Brings to Redis what a sale needs there and checks stock, fields, scripts, queue, rule, window and clocks. Ends with 3 when something is not ready.
Safe at any time, also while the event sells.`;
  static override examples = ['<%= config.bin %> event warm 3', '<%= config.bin %> event warm 3 --json'];
  static override args = { event: eventArg({ required: true }) };

  async run(): Promise<Warmed> {
    const { warmText } = await import('../../cli/events/warmText.js');
    const { event, ready, checks } = await this.withStaff(async (staff) =>
      knownEvent(this.args.event, staff.warmEvent(this.args.event)),
    );
    this.out.result(warmText(checks, this.out.paint));
    if (ready) this.out.success(`Event ${event.id} (${event.title}) is ready: ${event.state}.`);
    else {
      this.out.warn(`Event ${event.id} (${event.title}) is not ready.`);
      this.endWith(exitCodes.found);
    }
    return { ready, checks, event };
  }
}
