import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { knownOrder } from '../../cli/orders/knownOrder.js';
import type { OrderHistoryEntry, OrderView } from '../../domain/wire.js';

export default class OrderShow extends BaseCommand<typeof OrderShow> {
  static override summary = 'Show an order and all that happened to it';
  static override description = `Reserved, published, stored, paid, and how it ended: when, by whom and why.
An order that is still on its way is pending; if it could not be stored, the reason stands in its history.`;
  static override examples = [
    '<%= config.bin %> order show 3-01JGFJJZ000000000000000000',
    '<%= config.bin %> order show 3-01JGFJJZ000000000000000000 --json',
  ];
  static override args = { order: Args.string({ required: true, description: 'Id of the order' }) };

  async run(): Promise<OrderView & { history: OrderHistoryEntry[] }> {
    const { orderText } = await import('../../cli/orders/orderText.js');
    const { order, history } = await this.withStaff(async (staff) =>
      knownOrder(this.args.order, staff.showOrder(this.args.order)),
    );
    this.out.result(orderText(order, history, this.out.paint));
    return { ...order, history };
  }
}
