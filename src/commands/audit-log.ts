import { Flags } from '@oclif/core';
import type { AuditLogEntry } from '../client/answers.js';
import { BaseCommand } from '../cli/baseCommand.js';
import { auditChangeText } from '../cli/auditLog/auditChangeText.js';
import { formatTime } from '../cli/format.js';
import { listAll } from '../cli/listAll.js';
import { pagingFlags, rowsMax } from '../cli/pagingFlags.js';
import { printTable, tableFlags, type Column } from '../cli/table.js';

const columns: Column<AuditLogEntry>[] = [
  { name: 'at', value: (entry) => entry.at, show: (entry) => formatTime(entry.at) },
  { name: 'actor', value: (entry) => entry.actor },
  { name: 'action', value: (entry) => entry.action },
  { name: 'target', value: (entry) => `${entry.targetType}:${entry.targetId}` },
  { name: 'change', value: (entry) => auditChangeText(entry) },
  { name: 'id', value: (entry) => entry.id, extra: true },
  { name: 'requestId', value: (entry) => entry.requestId, extra: true },
];

export default class AuditLog extends BaseCommand<typeof AuditLog> {
  static override summary = 'Who of the staff changed what, the newest first';
  static override description = `Each change is written down in the transaction that makes it. --json has all of before and after; the table shows what differs.`;
  static override examples = [
    '<%= config.bin %> audit-log --since 2h',
    '<%= config.bin %> audit-log --target event:3',
    '<%= config.bin %> audit-log --actor olga --action user.block --json',
  ];
  static override flags = {
    actor: Flags.string({ helpValue: 'NAME', description: 'Only changes by this member of staff' }),
    target: Flags.string({ helpValue: 'KIND[:ID]', description: 'Only changes of this: event:3, order:3-01…, user' }),
    action: Flags.string({ description: 'Only this kind of change: event.pause, user.block, …' }),
    since: Flags.string({ helpValue: '2h|ISO', description: 'Made at or after this time; 2h is two hours ago' }),
    ...pagingFlags,
    ...tableFlags,
  };

  async run(): Promise<AuditLogEntry[]> {
    const { readFilter } = await import('../cli/auditLog/readFilter.js');
    const filter = readFilter(this.flags, Date.now());
    const { rows, more } = await this.withStaff(async (staff) =>
      listAll(async (page) => {
        const { entries, next } = await staff.listAuditLog({ ...filter, ...page });
        return { rows: entries, next };
      }, rowsMax(this.flags)),
    );
    if (more) this.out.warn(`There are more than these ${rows.length}. Pass --all or a larger --limit.`);
    return printTable(rows, { columns, flags: this.flags, out: this.out, nothing: 'There is no such record.' });
  }
}
