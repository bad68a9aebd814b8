import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { runSteps } from '../../cli/progress.js';

export default class DbReset extends BaseCommand<typeof DbReset> {
  static override summary = 'Forget all events, users and orders, and begin with an empty schema';
  static override description =
    'Empties MySQL, the keys of this deployment in Redis, and the queues. Services that run are stopped meanwhile and started again.';
  static override examples = [
    '<%= config.bin %> db reset',
    '<%= config.bin %> db reset --yes',
    '<%= config.bin %> db reset --dry-run',
  ];
  static override flags = { 'dry-run': Flags.boolean({ description: 'Only say what would be deleted' }) };

  async run(): Promise<{ reset: boolean; url: string; dryRun?: true }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { databaseStatus } = await import('../../daemon/databaseStatus.js');
    const { resetSystem } = await import('../../daemon/resetSystem.js');
    const deployment = await findDeployment();
    const { url } = await databaseStatus(deployment);
    if (this.flags['dry-run']) {
      this.out.result(`Would delete all events, users and orders in ${url}, with their stock and their messages.`);
      return { reset: false, url, dryRun: true };
    }
    const name = new URL(url).pathname.slice(1);
    await this.confirm(`This deletes all events, users and orders in ${url}.`, { typed: name });
    await resetSystem({ deployment, runSteps: (steps, options) => runSteps(steps, this.out, options) });
    return { reset: true, url };
  }
}
