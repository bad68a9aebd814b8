import { BaseCommand } from '../../cli/baseCommand.js';
import { readContexts } from '../../cli/contexts.js';
import { contextView, type ContextView } from '../../cli/contextView.js';
import { printTable, tableFlags, type Column } from '../../cli/table.js';

const columns: Column<ContextView>[] = [
  { name: 'current', value: (row) => row.current, show: (row, paint) => (row.current ? paint('green', '*') : '') },
  { name: 'name', value: (row) => row.name },
  { name: 'url', value: (row) => row.url },
  { name: 'username', value: (row) => row.username },
  { name: 'loggedIn', value: (row) => row.loggedIn },
  { name: 'adminUrl', value: (row) => row.adminUrl, extra: true },
  { name: 'tokenExpiresAt', value: (row) => row.tokenExpiresAt, extra: true },
];

export default class ContextList extends BaseCommand<typeof ContextList> {
  static override summary = 'List the deployments that are known here';
  static override examples = ['<%= config.bin %> context list'];
  static override flags = tableFlags;

  async run(): Promise<ContextView[]> {
    const { current, contexts } = await readContexts({ warn: (text) => this.out.warn(text) });
    const rows = Object.entries(contexts).map(([name, context]) => contextView(name, context, name === current));
    return printTable(rows, {
      columns,
      flags: this.flags,
      out: this.out,
      nothing: 'No deployment is known here yet. Make one with `spikectl up`, or log in to one with `spikectl login`.',
    });
  }
}
