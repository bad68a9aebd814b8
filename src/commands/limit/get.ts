import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';
import { limitColumns, scopeText } from '../../cli/limitFlags.js';
import { printTable, tableFlags } from '../../cli/table.js';
import type { LimitsView } from '../../domain/wire.js';

export default class LimitGet extends BaseCommand<typeof LimitGet> {
  static override summary = 'Show the limits in force, and where each comes from';
  static override description = 'The event wins over what is set for all events, and that over the setting.';
  static override examples = ['<%= config.bin %> limit get', '<%= config.bin %> limit get 3 --json'];
  static override args = { event: eventArg({ description: 'Id of the event (default: what holds for all)' }) };
  static override flags = tableFlags;

  async run(): Promise<LimitsView> {
    const eventId = this.args.event;
    const answer = await this.withStaff(async (staff) =>
      eventId === undefined ? staff.showLimits() : knownEvent(eventId, staff.showLimits(eventId)),
    );
    this.out.info(`Limits of ${scopeText(answer.eventId)}:`);
    const limits = await printTable(answer.limits, {
      columns: eventId === undefined ? limitColumns.filter(({ name }) => name !== 'event') : limitColumns,
      flags: this.flags,
      out: this.out,
      nothing: 'There is no limit.',
    });
    return { scope: answer.scope, eventId: answer.eventId, limits };
  }
}
