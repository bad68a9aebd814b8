import { BaseCommand } from '../../cli/baseCommand.js';
import { runSteps } from '../../cli/progress.js';

export default class DaemonStop extends BaseCommand<typeof DaemonStop> {
  static override summary = 'Stop the services, the ingress and pm2; the middleware keeps running';
  static override examples = ['<%= config.bin %> daemon stop'];

  async run(): Promise<{ stopped: boolean }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { stopServices } = await import('../../daemon/services/stopServices.js');
    const { home } = await findDeployment();
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
