import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { runSteps } from '../cli/progress.js';
import type { BroughtDown } from '../daemon/bringDown.js';
import type { LocalDeployment } from '../daemon/localDeployment.js';

export default class Down extends BaseCommand<typeof Down> {
  static override summary = 'Stop all that `up` started on this machine';
  static override description =
    'The services finish what they began, then the private middleware stops. The data stay unless --purge is given. Servers that were handed in by URL are not touched.';
  static override examples = [
    '<%= config.bin %> down',
    '<%= config.bin %> down --purge',
    '<%= config.bin %> down --purge --dry-run',
  ];
  static override flags = {
    purge: Flags.boolean({ default: false, description: 'Also forget the data, the passwords and the accounts' }),
    'dry-run': Flags.boolean({ description: 'Only say what would stop, and what would be deleted' }),
  };

  async run(): Promise<BroughtDown & { dryRun?: true }> {
    const { findDeployment } = await import('../cli/local/findDeployment.js');
    const { bringDown } = await import('../daemon/bringDown.js');
    const deployment = await findDeployment();
    if (this.flags['dry-run']) return this.foresee(deployment);
    if (this.flags.purge) {
      const question = `This deletes all events, users and orders of this machine's deployment (${deployment.home}).`;
      await this.confirm(question, { typed: 'local' });
    }
    return bringDown({
      deployment,
      purge: this.flags.purge,
      runSteps: (steps, options) => runSteps(steps, this.out, options),
    });
  }

  private async foresee(deployment: LocalDeployment): Promise<BroughtDown & { dryRun: true }> {
    const { foreseeDown } = await import('../daemon/foreseeDown.js');
    const { purge } = this.flags;
    const { services, middleware } = await foreseeDown(deployment);
    const stopped = [...(services ? ['the services'] : []), ...middleware];
    this.out.result(stopped.length === 0 ? 'Nothing runs.' : `Would stop ${stopped.join(', ')}.`);
    if (purge) this.out.result(`Would delete data, passwords and accounts in ${deployment.home}.`);
    this.out.info('Nothing was changed.');
    return { services, middleware, purged: purge, dryRun: true };
  }
}
