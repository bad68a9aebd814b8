import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { checkId } from '../../cli/eventId.js';
import { listAll } from '../../cli/listAll.js';
import { orderColumns } from '../../cli/orders/orderText.js';
import { pagingFlags, rowsMax } from '../../cli/pagingFlags.js';
import { printTable, tableFlags } from '../../cli/table.js';
import type { OrderView } from '../../domain/wire.js';

const states = ['pending', 'ordered', 'paid', 'cancelled', 'expired', 'refunded'] as const;

export default class OrderList extends BaseCommand<typeof OrderList> {
  static override summary = 'List orders, the newest first';
  static override examples = [
    '<%= config.bin %> order list --event 3 --state paid',
    '<%= config.bin %> order list --event 3 --since 10m',
    '<%= config.bin %> order list --user 7 --all --csv',
  ];
  static override flags = {
    event: Flags.string({
      helpValue: 'ID',
      description: 'Only orders of this event',
      parse: async (text) => checkId(text, 'an event', 'spikectl event list'),
    }),
    user: Flags.string({
      helpValue: 'ID',
      description: 'Only orders of this user',
      parse: async (text) => checkId(text, 'a user', 'spikectl user list'),
    }),
    state: Flags.option({ options: states, description: 'Only orders in this state' })(),
    since: Flags.string({ helpValue: '2h|ISO', description: 'Reserved at or after this time; 2h is two hours ago' }),
    until: Flags.string({ helpValue: '2h|ISO', description: 'Reserved before this time' }),
    ...pagingFlags,
    ...tableFlags,
  };

  async run(): Promise<OrderView[]> {
    const { readPeriod } = await import('../../cli/orders/readPeriod.js');
    const { event: eventId, user: userId, state } = this.flags;
    const filter = { eventId, userId, state, ...readPeriod(this.flags, Date.now()) };
    const { rows, more } = await this.withStaff(async (staff) =>
      listAll(async (page) => {
        const { orders, next } = await staff.listOrders({ ...filter, ...page });
        return { rows: orders, next };
      }, rowsMax(this.flags)),
    );
    if (more) this.out.warn(`There are more than these ${rows.length}. Pass --all or a larger --limit.`);
    return printTable(rows, {
      columns: orderColumns,
      flags: this.flags,
      out: this.out,
      nothing: 'There is no such order.',
    });
  }
}
