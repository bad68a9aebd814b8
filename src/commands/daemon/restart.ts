import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { runSteps } from '../../cli/progress.js';

export default class DaemonRestart extends BaseCommand<typeof DaemonRestart> {
  static override summary = 'Stop and start services; settings that were changed come into force';
  static override examples = ['<%= config.bin %> daemon restart', '<%= config.bin %> daemon restart order'];
  static override args = {
    service: Args.string({ description: 'user, spike, access, order, admin or ingress (default: all)' }),
  };

  async run(): Promise<{ restarted: readonly string[] }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { chosenProcesses } = await import('../../cli/local/processArg.js');
    const { restartDaemon } = await import('../../daemon/restartDaemon.js');
    const names = chosenProcesses(this.args.service);
    const deployment = await findDeployment();
    let restarted: readonly string[] = [];
    await runSteps(
      [
        {
          title: `Restarting ${names.join(', ')}`,
          run: async (say) => {
            restarted = await restartDaemon({ deployment, names, report: say });
            return `Restarted ${restarted.join(', ')}`;
          },
        },
      ],
      this.out,
    );
    return { restarted };
  }
}
