import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { runSteps } from '../../cli/progress.js';

export default class DaemonStop extends BaseCommand<typeof DaemonStop> {
  static override summary = 'Stop the services, the ingress and pm2; the middleware keeps running';
  static override examples = ['<%= config.bin %> daemon stop', '<%= config.bin %> daemon stop --dry-run'];
  static override flags = { 'dry-run': Flags.boolean({ description: 'Only say whether anything would stop' }) };

  async run(): Promise<{ stopped: boolean; dryRun?: true }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { stopServices } = await import('../../daemon/services/stopServices.js');
    const deployment = await findDeployment();
    const { home } = deployment;
    if (this.flags['dry-run']) {
      const { foreseeDown } = await import('../../daemon/foreseeDown.js');
      const { services } = await foreseeDown(deployment);
      this.out.result(services ? 'Would stop the services, the ingress and pm2.' : 'Nothing runs.');
      return { stopped: services, dryRun: true };
    }
    let stopped = false;
    await runSteps(
      [
        {
          title: 'Stopping the services',
          run: async () => {
            stopped = await stopServices({ home });
            return stopped ? 'Stopped the services' : 'The services were not running';
          },
        },
      ],
      this.out,
    );
    return { stopped };
  }
}
