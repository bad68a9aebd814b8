import { Flags } from '@oclif/core';
import type { StaffUserView } from '../../client/answers.js';
import { BaseCommand } from '../../cli/baseCommand.js';
import { listAll } from '../../cli/listAll.js';
import { pagingFlags, rowsMax } from '../../cli/pagingFlags.js';
import { printTable, tableFlags } from '../../cli/table.js';
import { userColumns } from '../../cli/users/userText.js';

export default class UserList extends BaseCommand<typeof UserList> {
  static override summary = 'List users, those who registered last first';
  static override examples = [
    '<%= config.bin %> user list',
    '<%= config.bin %> user list --phone "+49 170 1234567"',
    '<%= config.bin %> user list --blocked --columns id,phone,blockedBy,blockedReason',
  ];
  static override flags = {
    phone: Flags.string({ helpValue: 'NUMBER', description: 'Only the one with exactly this number' }),
    blocked: Flags.boolean({ description: 'Only those whose account is blocked' }),
    denied: Flags.boolean({ description: 'Only those on the deny list' }),
    ...pagingFlags,
    ...tableFlags,
  };

  async run(): Promise<StaffUserView[]> {
    const { phone, blocked, denied } = this.flags;
    const filter = { phone, ...(blocked && { blocked: 'true' as const }), ...(denied && { denied: 'true' as const }) };
    const { rows, more } = await this.withStaff(async (staff) =>
      listAll(async (page) => {
        const { users, next } = await staff.listUsers({ ...filter, ...page });
        return { rows: users, next };
      }, rowsMax(this.flags)),
    );
    if (more) this.out.warn(`There are more than these ${rows.length}. Pass --all or a larger --limit.`);
    return printTable(rows, {
      columns: userColumns,
      flags: this.flags,
      out: this.out,
      nothing: 'There is no such user.',
    });
  }
}
