import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { exitCodes } from '../../cli/errors.js';
import { eventArg } from '../../cli/eventId.js';
import { pagingFlags, rowsMax } from '../../cli/pagingFlags.js';
import { printTable, tableFlags } from '../../cli/table.js';
import type { AllowedUserView, AllowListChangeView } from '../../domain/wire/rules.js';

export default class EventAllow extends BaseCommand<typeof EventAllow> {
  static override summary = 'Put users on the allow list of an event, take them off it, or list them';
  static override description = `The list decides where the rule of the event has the filter allowlist. A change is in force at once, and tickets that were handed out before are no longer valid: fill the list before the sale starts.
FILE holds one user id or phone number a line, or a CSV with them in its first column; - is stdin. It is checked as a whole before anything is sent. Users who do not exist are named and the others are changed; then it ends with 3. Safe to repeat.`;
  static override examples = [
    '<%= config.bin %> event allow 3 --file customers.csv',
    '<%= config.bin %> event allow 3 --user 7 --user +491701234567',
    '<%= config.bin %> event allow 3 --file customers.csv --remove --dry-run',
    '<%= config.bin %> event allow 3 --list --all --csv',
  ];
  static override args = { event: eventArg({ required: true }) };
  static override flags = {
    file: Flags.string({ helpValue: 'FILE|-', description: 'Users, one a line' }),
    user: Flags.string({ helpValue: 'ID|PHONE', multiple: true, description: 'A user; may be given several times' }),
    remove: Flags.boolean({ description: 'Take them off the list' }),
    'dry-run': Flags.boolean({ description: 'Only say what would change' }),
    list: Flags.boolean({ exclusive: ['file', 'user', 'remove', 'dry-run'], description: 'Show who is on the list' }),
    ...pagingFlags,
    ...tableFlags,
  };

  async run(): Promise<AllowListChangeView | AllowedUserView[]> {
    return this.flags.list ? this.show() : this.change();
  }

  private async show(): Promise<AllowedUserView[]> {
    const { allowedColumns, listAllowed } = await import('../../cli/rules/listAllowed.js');
    const { rows, more } = await this.withStaff(async (staff) =>
      listAllowed(staff, this.args.event, rowsMax(this.flags)),
    );
    if (more) this.out.warn(`There are more than these ${rows.length}. Pass --all or a larger --limit.`);
    return printTable(rows, {
      columns: allowedColumns,
      flags: this.flags,
      out: this.out,
      nothing: `Nobody is on the allow list of event ${this.args.event}.`,
    });
  }

  private async change(): Promise<AllowListChangeView> {
    const { readUsers } = await import('../../cli/rules/readUsers.js');
    const { changeAllowList } = await import('../../cli/rules/changeAllowList.js');
    const { sayAllowListChange } = await import('../../cli/rules/sayAllowListChange.js');
    const users = await readUsers(this.flags);
    const options = { remove: this.flags.remove, dryRun: this.flags['dry-run'], out: this.out };
    const change = await this.withStaff(async (staff) =>
      changeAllowList(staff, users, { eventId: this.args.event, ...options }),
    );
    sayAllowListChange(change, options);
    if (change.unknown.userIds.length + change.unknown.phones.length > 0) this.endWith(exitCodes.found);
    return change;
  }
}
