import { BaseCommand } from '../cli/baseCommand.js';
import type { SystemStatus } from '../daemon/systemStatus.js';

export default class Status extends BaseCommand<typeof Status> {
  static override summary = 'Show services, ingress and middleware of this machine';
  static override examples = ['<%= config.bin %> status', '<%= config.bin %> status --json'];

  async run(): Promise<SystemStatus> {
    const { findDeployment } = await import('../cli/local/findDeployment.js');
    const { printStatus } = await import('../cli/local/statusText.js');
    const { isAllUp, systemStatus } = await import('../daemon/systemStatus.js');
    const status = await systemStatus(await findDeployment());
    await printStatus(status, this.out);
    this.out.info(isAllUp(status) ? `All is up: ${status.ingressUrl}` : 'Not everything is up. Start it: spikectl up');
    return status;
  }
}
