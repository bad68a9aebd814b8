import { BaseCommand } from '../../cli/baseCommand.js';
import { releaseFlags, releaseOptions } from '../../cli/deploy/deployFlags.js';
import { exitCodes } from '../../cli/errors.js';
import { tableFlags } from '../../cli/table.js';
import type { DeployStatus } from '../../delivery/deploy/deployStatus.js';

export default class DeployStatusCommand extends BaseCommand<typeof DeployStatusCommand> {
  static override summary = 'Show what of a release runs, and whether it is ready';
  static override description =
    'Ends with 0 when all is ready, with 3 when it is not, and with 5 when the cluster does not answer.';
  static override examples = [
    '<%= config.bin %> deploy status --namespace shop',
    { description: 'In a script:', command: '<%= config.bin %> deploy status --namespace shop --json' },
  ];
  static override flags = { ...releaseFlags, ...tableFlags };

  async run(): Promise<DeployStatus> {
    const { openRelease } = await import('../../delivery/deploy/openRelease.js');
    const { deployStatus } = await import('../../delivery/deploy/deployStatus.js');
    const options = releaseOptions(this.flags);
    const open = await openRelease(options, this.signal);
    try {
      const status = await deployStatus(open, options);
      const { tellStatus } = await import('../../cli/deploy/tellStatus.js');
      const services = await tellStatus(status, this.flags, this.out);
      if (!status.ready) this.endWith(exitCodes.found);
      return { ...status, services };
    } finally {
      await open.cluster.close();
    }
  }
}
