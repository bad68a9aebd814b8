import { auditText } from '../cli/auditText.js';
import { BaseCommand } from '../cli/baseCommand.js';
import { exitCodes } from '../cli/errors.js';
import { eventArg } from '../cli/eventId.js';
import type { AuditAnswer } from '../domain/wire.js';

export default class Audit extends BaseCommand<typeof Audit> {
  static override summary = 'Prove that quantity = available + pending + sold, by ids';
  static override description = `Names every offender: oversold, duplicate, over limit, lost (told yes, no order), stuck (pending too long), dead-lettered.
Ends with 3 when it finds one.`;
  static override examples = ['<%= config.bin %> audit', '<%= config.bin %> audit 3 --json'];
  static override args = { event: eventArg({ description: 'Id of the event (default: all)' }) };

  async run(): Promise<AuditAnswer> {
    const { auditEvents } = await import('../cli/auditEvents.js');
    const { ok, events } = await this.withStaff(async (staff) =>
      auditEvents(staff, this.args.event, (text) => this.out.detail(text)),
    );
    if (events.length === 0) this.out.info('There is no event to audit.');
    else this.out.result(auditText({ ok, events }, this.out.paint));
    if (!ok) {
      this.out.warn(
        `The audit found something in ${events.filter((event) => !event.ok).length} of ${events.length} events.`,
      );
      this.endWith(exitCodes.found);
    }
    return { ok, events };
  }
}
