import { BaseCommand } from '../../cli/baseCommand.js';
import { formatTime } from '../../cli/format.js';
import { printTable, tableFlags, type Column } from '../../cli/table.js';
import type { StaffView } from '../../domain/wire.js';

const columns: Column<StaffView>[] = [
  { name: 'id', value: (row) => row.id },
  { name: 'username', value: (row) => row.username },
  { name: 'role', value: (row) => row.role },
  { name: 'disabledAt', value: (row) => row.disabledAt, show: (row) => formatTime(row.disabledAt) },
  {
    name: 'passwordChangedAt',
    value: (row) => row.passwordChangedAt,
    show: (row) => formatTime(row.passwordChangedAt),
  },
  { name: 'createdAt', value: (row) => row.createdAt, show: (row) => formatTime(row.createdAt) },
];

export default class AdminList extends BaseCommand<typeof AdminList> {
  static override summary = 'List the staff';
  static override description = 'For admins. Those who are disabled are listed too.';
  static override examples = [
    '<%= config.bin %> admin list',
    '<%= config.bin %> admin list --filter role=admin --columns username,disabledAt',
  ];
  static override flags = tableFlags;

  async run(): Promise<StaffView[]> {
    const { admins } = await this.withStaff(async (staff) => staff.listAdmins());
    return printTable(admins, { columns, flags: this.flags, out: this.out, nothing: 'There is nobody.' });
  }
}
