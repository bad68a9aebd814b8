import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import type { ImportedEvent } from '../../cli/events/importEvents.js';
import type { DryRun } from '../../cli/events/sayPlans.js';
import type { StaffEventView } from '../../domain/wire.js';

/** The largest whole number that the column behind stock and limit holds. */
const UNITS_MAX = 2_147_483_647;

export default class EventCreate extends BaseCommand<typeof EventCreate> {
  static override summary = 'Create a sale event, or all that a file describes';
  static override description = `Prints the ids of the events, one a line.
A file holds one event, a list, or several YAML documents, with the fields that "event show --output yaml" prints. All are checked before the first is made. An event whose key is there already is left alone when it is the same, and refused when it differs: the command can be repeated.`;
  static override examples = [
    '<%= config.bin %> event create --title "Sneakers at noon" --commodity Sneakers --price 99.90 --stock 100',
    '<%= config.bin %> event create --title Vinyl --commodity 3 --price 25 --stock 500 --limit 2 --starts +10m --ends +1h',
    {
      description: 'Only adults:',
      command: `<%= config.bin %> event create --title Wine --commodity Wine --price 12 --stock 60 --rule '[{"name":"base","rule":{"age":{"min":18}}}]'`,
    },
    '<%= config.bin %> event create --from events.yaml --create-commodity --dry-run',
    {
      description: 'The same event on another deployment:',
      command:
        '<%= config.bin %> event show 3 --output yaml | <%= config.bin %> event create --from - --context staging',
    },
  ];
  static override flags = {
    from: Flags.string({
      char: 'f',
      helpValue: 'FILE|-',
      description: 'Read events from a file, or from stdin, as YAML or JSON; instead of the flags of one event',
    }),
    key: Flags.string({ description: 'The name by which files mean this event (default: one is made up)' }),
    title: Flags.string({ description: 'What shoppers read' }),
    commodity: Flags.string({ helpValue: 'ID|NAME', description: 'What is sold' }),
    'create-commodity': Flags.boolean({
      default: false,
      description: 'Make the commodity if there is none of that name',
    }),
    price: Flags.string({ helpValue: '9.99', exclusive: ['price-cents'], description: 'Price of one unit' }),
    'price-cents': Flags.integer({ min: 0, description: 'Price of one unit in minor units' }),
    stock: Flags.integer({ min: 1, max: UNITS_MAX, description: 'Units offered' }),
    limit: Flags.integer({ min: 1, max: UNITS_MAX, description: 'Units that one user may hold (default: 1)' }),
    rule: Flags.string({ helpValue: 'FILE|JSON', description: 'Who may buy (default: everybody)' }),
    starts: Flags.string({
      helpValue: 'now|+10m|ISO',
      description: 'When it starts; +10m counts from now (default: now)',
    }),
    ends: Flags.string({ helpValue: '+1h|ISO', description: 'When it ends; +1h counts from the start (default: +1h)' }),
    'payment-window': Flags.string({
      helpValue: '15m',
      description: 'How long an order may stay unpaid (default: 15m)',
    }),
    'dry-run': Flags.boolean({ default: false, description: 'Only check, and say what would be made' }),
  };

  async run(): Promise<StaffEventView | { events: ImportedEvent[] } | DryRun> {
    const { newEvent } = await import('../../cli/newEvent.js');
    const { assertFileAlone, readEventDocuments } = await import('../../cli/events/readEventDocuments.js');
    const { createFromFlags } = await import('../../cli/events/createFromFlags.js');
    const { createFromFile } = await import('../../cli/events/createFromFile.js');
    const { from, commodity = '', 'create-commodity': createCommodity, 'dry-run': dryRun } = this.flags;
    const options = { createCommodity, dryRun, out: this.out };
    if (from !== undefined) {
      assertFileAlone(this.flags);
      const documents = await readEventDocuments(from);
      return this.withStaff(async (staff) => createFromFile(staff, documents, { ...options, from }));
    }
    const event = await newEvent(this.flags, Date.now());
    return this.withStaff(async (staff) => createFromFlags(staff, event, { ...options, commodity }));
  }
}
