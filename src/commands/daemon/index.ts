import { BaseCommand } from '../../cli/baseCommand.js';
import { runSteps } from '../../cli/progress.js';
import type { ServiceStatus } from '../../daemon/services/servicesStatus.js';

export default class Daemon extends BaseCommand<typeof Daemon> {
  static override summary = 'Start the five services and the ingress under pm2';
  static override description =
    'The stores must be there already (spikectl middleware up, or URLs). spikectl up does both, and more.';
  static override examples = ['<%= config.bin %> daemon', '<%= config.bin %> daemon status'];

  async run(): Promise<{ started: readonly string[]; services: readonly ServiceStatus[] }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { startDaemon } = await import('../../daemon/startDaemon.js');
    const { servicesStatus } = await import('../../daemon/services/servicesStatus.js');
    const deployment = await findDeployment();
    let started: readonly string[] = [];
    await runSteps(
      [
        {
          title: 'Starting the services',
          run: async (say) => {
            started = await startDaemon({ deployment, report: say });
            return started.length === 0 ? 'The services were already running' : `Started ${started.join(', ')}`;
          },
        },
      ],
      this.out,
    );
    return { started, services: await servicesStatus(deployment.home) };
  }
}
