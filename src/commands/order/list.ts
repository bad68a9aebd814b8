import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { checkId } from '../../cli/eventId.js';
import { formatPrice, formatTime } from '../../cli/format.js';
import { listAll } from '../../cli/listAll.js';
import { pagingFlags, rowsMax } from '../../cli/pagingFlags.js';
import { printTable, tableFlags, type Column } from '../../cli/table.js';
import type { OrderView } from '../../domain/wire.js';

const states = ['pending', 'ordered', 'paid', 'cancelled', 'expired', 'refunded'] as const;

const columns: Column<OrderView>[] = [
  { name: 'id', value: (order) => order.id },
  { name: 'eventId', value: (order) => order.eventId },
  { name: 'userId', value: (order) => order.userId },
  { name: 'quantity', value: (order) => order.quantity },
  {
    name: 'priceCents',
    heading: 'PRICE',
    value: (order) => order.priceCents,
    show: (order) => formatPrice(order.priceCents),
  },
  { name: 'state', value: (order) => order.state },
  { name: 'reservedAt', value: (order) => order.reservedAt, show: (order) => formatTime(order.reservedAt) },
  { name: 'payBefore', value: (order) => order.payBefore, show: (order) => formatTime(order.payBefore) },
  { name: 'eventTitle', value: (order) => order.eventTitle, extra: true },
  { name: 'orderedAt', value: (order) => order.orderedAt, extra: true },
  { name: 'paidAt', value: (order) => order.paidAt, extra: true },
  { name: 'endedAt', value: (order) => order.endedAt, extra: true },
];

export default class OrderList extends BaseCommand<typeof OrderList> {
  static override summary = 'List orders, the newest first';
  static override examples = [
    '<%= config.bin %> order list --event 3 --state paid',
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
      parse: async (text) => checkId(text, 'a user', 'spikectl order list'),
    }),
    state: Flags.option({ options: states, description: 'Only orders in this state' })(),
    ...pagingFlags,
    ...tableFlags,
  };

  async run(): Promise<OrderView[]> {
    const { event: eventId, user: userId, state } = this.flags;
    const { rows, more } = await this.withStaff(async (staff) =>
      listAll(async (page) => {
        const { orders, next } = await staff.listOrders({ eventId, userId, state, ...page });
        return { rows: orders, next };
      }, rowsMax(this.flags)),
    );
    if (more) this.out.warn(`There are more than these ${rows.length}. Pass --all or a larger --limit.`);
    return printTable(rows, { columns, flags: this.flags, out: this.out, nothing: 'There is no such order.' });
  }
}
