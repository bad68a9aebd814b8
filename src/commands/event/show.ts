import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';
import type { StaffEventView } from '../../domain/wire.js';

export default class EventShow extends BaseCommand<typeof EventShow> {
  static override summary = 'Show a sale event with its stock and the answers it gave';
  static override examples = [
    '<%= config.bin %> event show 3',
    '<%= config.bin %> event show 3 --json',
    {
      description: 'As a file that "event create --from" and "event update --from" take:',
      command: '<%= config.bin %> event show 3 --output yaml > sneakers.yaml',
    },
  ];
  static override args = { event: eventArg({ required: true }) };
  static override flags = {
    output: Flags.string({
      char: 'o',
      options: ['yaml', 'json'],
      exclusive: ['json'],
      description: 'Print what staff decided of it, as a file to import',
    }),
  };

  async run(): Promise<StaffEventView> {
    const { eventText } = await import('../../cli/eventText.js');
    const { event } = await this.withStaff(async (staff) =>
      knownEvent(this.args.event, staff.showEvent(this.args.event)),
    );
    const { output } = this.flags;
    if (output === undefined) this.out.result(eventText(event, this.out.paint));
    else {
      const { documentText } = await import('../../cli/events/documentText.js');
      this.out.result(documentText(event, output === 'yaml' ? 'yaml' : 'json'));
    }
    return event;
  }
}
