import type { DeployStatus, ServiceStatus } from '../../delivery/deploy/deployStatus.js';
import { formatFields, formatTime } from '../format.js';
import type { Output } from '../output.js';
import { printTable, type Column, type TableFlags } from '../table.js';

const columns: Column<ServiceStatus>[] = [
  { name: 'name', value: (service) => service.name },
  {
    name: 'ready',
    value: (service) => service.ready,
    show: ({ ready, replicas, isReady }, paint) => paint(isReady ? 'green' : 'red', `${ready} of ${replicas}`),
  },
  { name: 'restarts', value: (service) => service.restarts },
  { name: 'image', value: (service) => service.image },
  { name: 'reason', value: (service) => service.reason },
  { name: 'replicas', value: (service) => service.replicas, extra: true },
  { name: 'isReady', value: (service) => service.isReady, extra: true },
];

/** @returns the services as the table's flags select them */
export async function tellStatus(status: DeployStatus, flags: TableFlags, out: Output): Promise<ServiceStatus[]> {
  const { release, namespace, revision, state, description, updatedAt, migration } = status;
  if (flags.csv !== true) {
    out.result(
      formatFields([
        ['Release', `${release} in namespace ${namespace}`],
        ['Cluster', `${status.cluster ?? '-'}${status.context === null ? '' : ` (context ${status.context})`}`],
        [
          'Revision',
          `${revision}, ${state}, since ${formatTime(updatedAt)}${state === 'deployed' ? '' : `: ${description}`}`,
        ],
        ['Chart', status.chart],
        ['Version', status.appVersion],
        ['Migration', migration === null ? 'none' : `Job ${migration.job}: ${migration.state}`],
        ['URL', status.ingressUrl],
      ]),
    );
  }
  const services = await printTable(status.services, {
    columns,
    flags,
    out,
    nothing: 'The release has no Deployment.',
  });
  const where = `--namespace ${namespace} --release ${release}`;
  if (state.startsWith('pending-')) {
    out.warn(`Revision ${revision} is ${state}: a deployment runs, or one was cut off.`);
    out.info(`If none runs: spikectl deploy rollback ${where}`);
  } else if (!status.ready) out.warn('Not all is ready.');
  return services;
}
