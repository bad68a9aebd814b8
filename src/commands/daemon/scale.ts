import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { usageError } from '../../cli/errors.js';
import { runSteps } from '../../cli/progress.js';

const INSTANCES_MAX = 256;

export default class DaemonScale extends BaseCommand<typeof DaemonScale> {
  static override summary = 'Run N processes of a service';
  static override description = 'For now, until the next restart. To keep it, set spikeInstances in spikectl.yaml.';
  static override examples = [
    '<%= config.bin %> daemon scale spike 4',
    '<%= config.bin %> daemon scale spike 4 --dry-run',
  ];
  static override flags = { 'dry-run': Flags.boolean({ description: 'Only say how many run, and how many would' }) };
  static override args = {
    service: Args.string({ required: true, description: 'The service that scales: spike' }),
    number: Args.integer({ required: true, min: 1, max: INSTANCES_MAX, description: 'How many processes' }),
  };

  async run(): Promise<{ service: string; instances: number; dryRun?: true }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { chosenProcess } = await import('../../cli/local/processArg.js');
    const { scaleService } = await import('../../daemon/services/scaleService.js');
    const name = chosenProcess(this.args.service);
    const instances = this.args.number;
    if (name !== 'spike') {
      throw usageError(
        `The ${name} process does not scale on one machine: it listens alone on its port.`,
        'spikectl daemon scale spike N',
      );
    }
    const { home } = await findDeployment();
    if (this.flags['dry-run']) {
      const { servicesStatus } = await import('../../daemon/services/servicesStatus.js');
      const { instances: now = 0 } = (await servicesStatus(home)).find((service) => service.name === name) ?? {};
      this.out.result(`${name}: ${now} → ${instances}. Nothing was changed.`);
      return { service: name, instances, dryRun: true };
    }
    const step = { title: `Scaling ${name} to ${instances}`, run: () => scaleService({ home, name, instances }) };
    await runSteps([step], this.out);
    return { service: name, instances };
  }
}
