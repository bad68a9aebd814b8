import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { runSteps } from '../../cli/progress.js';

export default class DaemonReload extends BaseCommand<typeof DaemonReload> {
  static override summary =
    'Replace services by fresh processes with the same settings, the spike service without a gap';
  static override examples = ['<%= config.bin %> daemon reload', '<%= config.bin %> daemon reload spike'];
  static override args = {
    service: Args.string({ description: 'user, spike, access, order, admin or ingress (default: all)' }),
  };

  async run(): Promise<{ reloaded: readonly string[] }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { chosenProcesses } = await import('../../cli/local/processArg.js');
    const { reloadServices } = await import('../../daemon/services/reloadServices.js');
    const names = chosenProcesses(this.args.service);
    const { home } = await findDeployment();
    const step = { title: `Reloading ${names.join(', ')}`, run: () => reloadServices({ home, names }) };
    await runSteps([step], this.out);
    return { reloaded: names };
  }
}
