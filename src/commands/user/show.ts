import { Args } from '@oclif/core';
import type { StaffUserView } from '../../client/answers.js';
import { BaseCommand } from '../../cli/baseCommand.js';
import type { OrderView } from '../../domain/wire.js';

/** A screen of them; `order list --user` has all. */
const ORDERS_SHOWN = 10;

export default class UserShow extends BaseCommand<typeof UserShow> {
  static override summary = 'Show a user with their last orders';
  static override description =
    'Of the national id only its end is shown. Digits alone are an id; write a phone number with its plus.';
  static override examples = ['<%= config.bin %> user show 7', '<%= config.bin %> user show "+49 170 1234567" --json'];
  static override args = { user: Args.string({ required: true, description: 'Id or phone number of the user' }) };

  async run(): Promise<StaffUserView & { orders: OrderView[] }> {
    const { findUser } = await import('../../cli/users/findUser.js');
    const { userText } = await import('../../cli/users/userText.js');
    const { user, orders } = await this.withStaff(async (staff) => {
      const found = await findUser(staff, this.args.user);
      return { user: found, ...(await staff.listOrders({ userId: found.id, limit: ORDERS_SHOWN })) };
    });
    this.out.result(userText(user, orders, this.out.paint));
    return { ...user, orders };
  }
}
