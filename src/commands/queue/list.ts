import { BaseCommand } from '../../cli/baseCommand.js';
import { printTable, tableFlags, type Column } from '../../cli/table.js';
import type { QueueView } from '../../domain/wire.js';

const columns: Column<QueueView>[] = [
  { name: 'name', value: (queue) => queue.name },
  { name: 'ready', value: (queue) => queue.ready },
  { name: 'unacked', value: (queue) => queue.unacked },
  { name: 'consumers', value: (queue) => queue.consumers },
];

export default class QueueList extends BaseCommand<typeof QueueList> {
  static override summary = 'List the queues with what waits in them';
  static override examples = ['<%= config.bin %> queue list', '<%= config.bin %> queue list --json'];
  static override flags = tableFlags;

  async run(): Promise<QueueView[]> {
    const { queues } = await this.withStaff(async (staff) => staff.listQueues());
    return printTable(queues, { columns, flags: this.flags, out: this.out, nothing: 'There is no queue.' });
  }
}
