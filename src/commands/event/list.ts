import { BaseCommand } from '../../cli/baseCommand.js';
import { eventColumns } from '../../cli/eventText.js';
import { listAll } from '../../cli/listAll.js';
import { pagingFlags, rowsMax } from '../../cli/pagingFlags.js';
import { printTable, tableFlags } from '../../cli/table.js';
import type { StaffEventView } from '../../domain/wire.js';

export default class EventList extends BaseCommand<typeof EventList> {
  static override summary = 'List sale events';
  static override examples = [
    '<%= config.bin %> event list',
    '<%= config.bin %> event list --filter state=open --sort -sold',
    '<%= config.bin %> event list --columns id,title,available --csv',
  ];
  static override flags = { ...pagingFlags, ...tableFlags };

  async run(): Promise<StaffEventView[]> {
    const { rows, more } = await this.withStaff(async (staff) =>
      listAll(async (page) => {
        const { events, next } = await staff.listEvents(page);
        return { rows: events, next };
      }, rowsMax(this.flags)),
    );
    if (more) this.out.warn(`There are more than these ${rows.length}. Pass --all or a larger --limit.`);
    return printTable(rows, {
      columns: eventColumns,
      flags: this.flags,
      out: this.out,
      nothing: 'There is no event yet. Make one: spikectl event create --help',
    });
  }
}
