import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { runSteps } from '../../cli/progress.js';
import type { StoreName } from '../../daemon/middleware/store.js';

export default class MiddlewareDown extends BaseCommand<typeof MiddlewareDown> {
  static override summary = 'Stop the private MySQL, Redis and RabbitMQ of this machine; the data stay';
  static override examples = ['<%= config.bin %> middleware down', '<%= config.bin %> middleware down --dry-run'];
  static override flags = { 'dry-run': Flags.boolean({ description: 'Only say what would stop' }) };

  async run(): Promise<{ stopped: readonly StoreName[]; dryRun?: true }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { stopMiddleware } = await import('../../daemon/middleware/stopMiddleware.js');
    const { storeTitles } = await import('../../daemon/middleware/store.js');
    const deployment = await findDeployment();
    const { home } = deployment;
    if (this.flags['dry-run']) {
      const { foreseeDown } = await import('../../daemon/foreseeDown.js');
      const { middleware } = await foreseeDown(deployment);
      this.out.result(middleware.length === 0 ? 'Nothing runs.' : `Would stop ${middleware.join(', ')}.`);
      return { stopped: middleware, dryRun: true };
    }
    let stopped: readonly StoreName[] = [];
    await runSteps(
      [
        {
          title: 'Stopping the private middleware',
          run: async (say) => {
            const report = ({ store, message }: { store: StoreName | null; message: string }) =>
              say(store === null ? message : `${storeTitles[store]} ${message}`);
            stopped = await stopMiddleware({ home, report });
            return stopped.length === 0 ? 'No private middleware was running' : `Stopped ${stopped.join(', ')}`;
          },
        },
      ],
      this.out,
    );
    return { stopped };
  }
}
