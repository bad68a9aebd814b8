import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import type { StaffEventView } from '../../domain/wire.js';

/** The largest whole number that the column behind stock and limit holds. */
const UNITS_MAX = 2_147_483_647;

export default class EventCreate extends BaseCommand<typeof EventCreate> {
  static override summary = 'Create a sale event';
  static override description = 'Prints the id of the new event.';
  static override examples = [
    '<%= config.bin %> event create --title "Sneakers at noon" --commodity Sneakers --price 99.90 --stock 100',
    '<%= config.bin %> event create --title Vinyl --commodity 3 --price 25 --stock 500 --limit 2 --starts +10m --ends +1h',
    {
      description: 'Only adults:',
      command: `<%= config.bin %> event create --title Wine --commodity Wine --price 12 --stock 60 --rule '[{"name":"base","rule":{"age":{"min":18}}}]'`,
    },
  ];
  static override flags = {
    title: Flags.string({ required: true, description: 'What shoppers read' }),
    commodity: Flags.string({ required: true, helpValue: 'ID|NAME', description: 'What is sold' }),
    price: Flags.string({ helpValue: '9.99', exclusive: ['price-cents'], description: 'Price of one unit' }),
    'price-cents': Flags.integer({ min: 0, description: 'Price of one unit in minor units' }),
    stock: Flags.integer({ required: true, min: 1, max: UNITS_MAX, description: 'Units offered' }),
    limit: Flags.integer({ default: 1, min: 1, max: UNITS_MAX, description: 'Units that one user may hold' }),
    rule: Flags.string({ helpValue: 'FILE|JSON', description: 'Who may buy (default: everybody)' }),
    starts: Flags.string({
      default: 'now',
      helpValue: 'now|+10m|ISO',
      description: 'When it starts; +10m counts from now',
    }),
    ends: Flags.string({
      default: '+1h',
      helpValue: '+1h|ISO',
      description: 'When it ends; +1h counts from the start',
    }),
    'payment-window': Flags.string({
      default: '15m',
      helpValue: '15m',
      description: 'How long an order may stay unpaid',
    }),
  };

  async run(): Promise<StaffEventView> {
    const { newEvent } = await import('../../cli/newEvent.js');
    const { findCommodity } = await import('../../cli/findCommodity.js');
    const { listCommodities } = await import('../../cli/listCommodities.js');
    const event = await newEvent(this.flags, Date.now());
    const created = await this.withStaff(async (staff) => {
      const { id: commodityId } = findCommodity(await listCommodities(staff), this.flags.commodity);
      return (await staff.createEvent({ ...event, commodityId })).event;
    });
    this.out.success(`Created event ${created.id}: ${created.quantity} × ${created.title}, ${created.state}.`);
    this.out.result(created.id);
    this.out.info(`See it: spikectl event show ${created.id}\nStop it: spikectl event pause ${created.id}`);
    return created;
  }
}
