import { BaseCommand } from '../../cli/baseCommand.js';
import { printTable, tableFlags, type Column } from '../../cli/table.js';
import type { MiddlewareStatus as StoreStatus } from '../../daemon/middleware/middlewareStatus.js';

const columns: Column<StoreStatus>[] = [
  { name: 'name', value: (store) => store.name },
  {
    name: 'status',
    value: (store) => store.status,
    show: (store, paint) => paint(store.status === 'running' ? 'green' : 'red', store.status),
  },
  { name: 'version', value: (store) => store.version },
  { name: 'url', value: (store) => store.url },
];

export default class MiddlewareStatus extends BaseCommand<typeof MiddlewareStatus> {
  static override summary = 'Show how MySQL, Redis and RabbitMQ do';
  static override examples = ['<%= config.bin %> middleware status', '<%= config.bin %> middleware status --json'];
  static override flags = tableFlags;

  async run(): Promise<{ middleware: StoreStatus[] }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { startedEnvironment } = await import('../../daemon/localDeployment.js');
    const { middlewareStatus } = await import('../../daemon/middleware/middlewareStatus.js');
    const deployment = await findDeployment();
    const environment = await startedEnvironment(deployment);
    const rows = await middlewareStatus({ home: deployment.home, environment });
    const nothing = 'There is no middleware.';
    return { middleware: await printTable(rows, { columns, flags: this.flags, out: this.out, nothing }) };
  }
}
