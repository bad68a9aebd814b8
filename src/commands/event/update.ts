import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { knownEvent } from '../../cli/knownEvent.js';
import type { FieldChange } from '../../domain/wire/events.js';
import type { StaffEventView } from '../../domain/wire.js';

type Updated = StaffEventView & { changes: FieldChange[]; dryRun: boolean };

export default class EventUpdate extends BaseCommand<typeof EventUpdate> {
  static override summary = 'Change a sale event, also while it sells';
  static override description = `Prints what is another value than before. In force everywhere within a second.
Price and start can be changed until the event starts; units are changed by "event restock", limits by "limit set". Of a file only the fields that it has are changed.`;
  static override examples = [
    '<%= config.bin %> event update 3 --ends +30m',
    '<%= config.bin %> event update 3 --title "Sneakers, second round" --limit 2 --dry-run',
    '<%= config.bin %> event update 3 --rule adults.json',
    '<%= config.bin %> event update 3 --from events.yaml',
  ];
  static override args = { event: eventArg({ required: true }) };
  static override flags = {
    title: Flags.string({ description: 'What shoppers read' }),
    price: Flags.string({ helpValue: '9.99', exclusive: ['price-cents'], description: 'Price of one unit' }),
    'price-cents': Flags.integer({ min: 0, description: 'Price of one unit in minor units' }),
    limit: Flags.integer({ min: 1, description: 'Units that one user may hold' }),
    rule: Flags.string({ helpValue: 'FILE|JSON', exclusive: ['no-rule'], description: 'Who may buy' }),
    'no-rule': Flags.boolean({ description: 'Let everybody buy' }),
    starts: Flags.string({ helpValue: 'now|+10m|ISO', description: 'When it starts; +10m counts from now' }),
    ends: Flags.string({
      helpValue: 'now|+1h|ISO',
      description: 'When it ends; +1h counts from the start, the new one if it is moved too',
    }),
    'payment-window': Flags.string({ helpValue: '15m', description: 'How long an order may stay unpaid' }),
    from: Flags.string({
      char: 'f',
      helpValue: 'FILE|-',
      description: 'Take the values from a file, or from stdin, as "event create --from" does; instead of the flags',
    }),
    'dry-run': Flags.boolean({ default: false, description: 'Only say what would change' }),
  };

  async run(): Promise<Updated> {
    const { assertChangeable, changeFromDocuments, changeFromFlags } = await import('../../cli/events/eventChange.js');
    const { assertFileAlone, nameOf, readEventDocuments } = await import('../../cli/events/readEventDocuments.js');
    const { sayChanges } = await import('../../cli/events/sayChanges.js');
    const { from, 'dry-run': dryRun } = this.flags;
    if (from !== undefined) assertFileAlone(this.flags);
    const documents = from === undefined ? [] : await readEventDocuments(from);
    const changeOf =
      from === undefined
        ? await changeFromFlags(this.flags, Date.now())
        : (event: StaffEventView) => changeFromDocuments(documents, event, nameOf(from));
    return this.withStaff(async (staff) => {
      const { event: before } = await knownEvent(this.args.event, staff.showEvent(this.args.event));
      const change = changeOf(before);
      assertChangeable(before, change);
      const { event, changes } = await knownEvent(before.id, staff.changeEvent(before.id, change, { dryRun }));
      sayChanges(event, changes, { out: this.out, dryRun });
      return { ...event, changes, dryRun };
    });
  }
}
