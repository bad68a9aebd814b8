import type { SystemStatus } from '../../daemon/systemStatus.js';
import type { Output } from '../output.js';
import { printTable, type Column } from '../table.js';

interface Row {
  name: string;
  status: string;
  url: string | null;
  version: string | null;
  instances: number | null;
  pid: number | null;
  restarts: number | null;
  cpu: number | null;
  memoryBytes: number | null;
}

const MEBIBYTE = 1_048_576;

const columns: Column<Row>[] = [
  { name: 'name', value: (row) => row.name },
  {
    name: 'status',
    value: (row) => row.status,
    show: (row, paint) => paint(['online', 'running'].includes(row.status) ? 'green' : 'red', row.status),
  },
  { name: 'url', value: (row) => row.url },
  { name: 'instances', value: (row) => row.instances },
  { name: 'pid', value: (row) => row.pid },
  { name: 'restarts', value: (row) => row.restarts },
  { name: 'cpu', value: (row) => row.cpu, show: (row) => (row.cpu === null ? '-' : `${row.cpu} %`) },
  {
    name: 'memoryBytes',
    value: (row) => row.memoryBytes,
    show: (row) => (row.memoryBytes === null ? '-' : `${Math.round(row.memoryBytes / MEBIBYTE)} MiB`),
  },
  { name: 'version', value: (row) => row.version },
];

/** Prints services, ingress and middleware as one table. */
export async function printStatus(status: SystemStatus, out: Output): Promise<void> {
  const services = [...status.services, status.ingress].map((service): Row => ({ ...service, version: null }));
  const stores = status.middleware.map((store): Row => ({
    ...store,
    instances: null,
    pid: null,
    restarts: null,
    cpu: null,
    memoryBytes: null,
  }));
  await printTable([...services, ...stores], { columns, flags: {}, out, nothing: 'Nothing was ever started here.' });
}
