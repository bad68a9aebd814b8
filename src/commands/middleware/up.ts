import { BaseCommand } from '../../cli/baseCommand.js';
import { runSteps } from '../../cli/progress.js';
import type { MiddlewareStatus } from '../../daemon/middleware/middlewareStatus.js';

export default class MiddlewareUp extends BaseCommand<typeof MiddlewareUp> {
  static override summary = 'Start the private MySQL, Redis and RabbitMQ of this machine';
  static override description =
    'Uses installed binaries, else a Docker engine; with --yes it installs the packages when there is neither. A store that SPIKE_MYSQL_URL, SPIKE_REDIS_URL or SPIKE_RABBITMQ_URL names is only looked at.';
  static override examples = ['<%= config.bin %> middleware up', '<%= config.bin %> middleware up --yes'];

  async run(): Promise<{ started: readonly string[]; middleware: readonly MiddlewareStatus[] }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { mayInstall } = await import('../../cli/local/mayInstall.js');
    const { middlewareStatus } = await import('../../daemon/middleware/middlewareStatus.js');
    const { obtainMiddleware } = await import('../../daemon/obtainMiddleware.js');
    const deployment = await findDeployment();
    const { started } = await obtainMiddleware({
      deployment,
      runSteps: (steps, options) => runSteps(steps, this.out, options),
      mayInstall: mayInstall({
        yes: this.flags.yes,
        json: this.jsonEnabled(),
        confirm: (question) => this.confirm(question),
      }),
    });
    return { started, middleware: await middlewareStatus(deployment) };
  }
}
