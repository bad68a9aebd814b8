import { BaseCommand } from '../../cli/baseCommand.js';
import { printTable, tableFlags, type Column } from '../../cli/table.js';
import type { ServiceStatus } from '../../daemon/services/servicesStatus.js';

const MEBIBYTE = 1_048_576;

const columns: Column<ServiceStatus>[] = [
  { name: 'name', value: (service) => service.name },
  {
    name: 'status',
    value: (service) => service.status,
    show: (service, paint) => paint(service.status === 'online' ? 'green' : 'red', service.status),
  },
  { name: 'url', value: (service) => service.url },
  { name: 'instances', value: (service) => service.instances },
  { name: 'pid', value: (service) => service.pid },
  { name: 'restarts', value: (service) => service.restarts },
  { name: 'cpu', value: (service) => service.cpu, show: (service) => `${service.cpu} %` },
  {
    name: 'memoryBytes',
    value: (service) => service.memoryBytes,
    show: (service) => `${Math.round(service.memoryBytes / MEBIBYTE)} MiB`,
  },
];

export default class DaemonStatus extends BaseCommand<typeof DaemonStatus> {
  static override summary = 'Show the processes that pm2 runs';
  static override examples = ['<%= config.bin %> daemon status', '<%= config.bin %> daemon status --json'];
  static override flags = tableFlags;

  async run(): Promise<{ services: ServiceStatus[] }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { servicesStatus } = await import('../../daemon/services/servicesStatus.js');
    const { home } = await findDeployment();
    const rows = await servicesStatus(home);
    const nothing = 'There is no service.';
    return { services: await printTable(rows, { columns, flags: this.flags, out: this.out, nothing }) };
  }
}
