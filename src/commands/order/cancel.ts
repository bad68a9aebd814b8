import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import type { EndedOrder } from '../../cli/orders/endOrder.js';

export default class OrderCancel extends BaseCommand<typeof OrderCancel> {
  static override summary = 'Cancel an ordered order of anybody; its units return to the sale';
  static override description = `The shopper finds it as cancelled and may buy again. A paid order is refunded instead.
Asks first. Of staff, the shopper and the expiry exactly one ends an order: who comes second is told who was first.`;
  static override examples = [
    '<%= config.bin %> order cancel 3-01JGFJJZ000000000000000000 --reason "asked by phone"',
    '<%= config.bin %> order cancel 3-01JGFJJZ000000000000000000 --dry-run',
  ];
  static override args = { order: Args.string({ required: true, description: 'Id of the order' }) };
  static override flags = {
    reason: Flags.string({ description: 'Why; kept with the order and in the audit log' }),
    'dry-run': Flags.boolean({ default: false, description: 'Only say what would change' }),
  };

  async run(): Promise<EndedOrder> {
    const { endOrder } = await import('../../cli/orders/endOrder.js');
    const { reason, 'dry-run': dryRun } = this.flags;
    return this.withStaff(async (staff) =>
      endOrder(staff, {
        id: this.args.order,
        name: 'cancel',
        reason,
        dryRun,
        out: this.out,
        confirm: async (question) => this.confirm(question),
      }),
    );
  }
}
