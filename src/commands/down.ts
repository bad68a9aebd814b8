import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { runSteps } from '../cli/progress.js';
import type { BroughtDown } from '../daemon/bringDown.js';

export default class Down extends BaseCommand<typeof Down> {
  static override summary = 'Stop all that `up` started on this machine';
  static override description =
    'The services finish what they began, then the private middleware stops. The data stay unless --purge is given. Servers that were handed in by URL are not touched.';
  static override examples = ['<%= config.bin %> down', '<%= config.bin %> down --purge'];
  static override flags = {
    purge: Flags.boolean({ default: false, description: 'Also forget the data, the passwords and the accounts' }),
  };

  async run(): Promise<BroughtDown> {
    const { findDeployment } = await import('../cli/local/findDeployment.js');
    const { bringDown } = await import('../daemon/bringDown.js');
    const deployment = await findDeployment();
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
}
