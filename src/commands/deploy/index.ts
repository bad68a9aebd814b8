import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { releaseFlags, releaseOptions, waitFlags } from '../../cli/deploy/deployFlags.js';
import type { DeployResult } from '../../cli/deploy/deployRelease.js';
import { CliError, usageError, type ExitCode } from '../../cli/errors.js';
import { parseDuration } from '../../cli/parseDuration.js';

export default class Deploy extends BaseCommand<typeof Deploy> {
  static override summary = 'Install or upgrade the system in a Kubernetes cluster';
  static override description = `Looks first (tools, cluster, rights, values, secrets, images), shows what would change, asks, and then waits until all pods are ready. What fails is shown with its events and last log lines.
Secrets come from Secrets of the cluster, from files (--values) or from the environment (--set-from-env), never from the command line. --dry-run needs no cluster. See docs/delivery.md.`;
  static override examples = [
    '<%= config.bin %> deploy --namespace shop --values production.yaml',
    '<%= config.bin %> deploy --namespace shop --values production.yaml --tag 1.4.0 --rollback-on-failure --yes',
    '<%= config.bin %> deploy --namespace shop --set-from-env mysql.url=MYSQL_URL --create-namespace',
    {
      description: 'The manifests, without a cluster:',
      command: '<%= config.bin %> deploy --namespace shop --values production.yaml --dry-run --output yaml',
    },
  ];
  static override flags = {
    chart: Flags.string({
      helpValue: 'FILE|DIR',
      description: 'A packed chart or a folder (default: the chart of this spikectl)',
    }),
    ...releaseFlags,
    values: Flags.string({
      char: 'f',
      multiple: true,
      helpValue: 'FILE',
      description: 'Values of the chart; can be given again, the last wins',
    }),
    set: Flags.string({
      multiple: true,
      helpValue: 'NAME=VALUE',
      description: 'One value of the chart, no secret; can be given again',
    }),
    'set-from-env': Flags.string({
      multiple: true,
      helpValue: 'NAME=VARIABLE',
      description: 'One value of the chart from the environment, where secrets may be; can be given again',
    }),
    registry: Flags.string({
      env: 'SPIKE_REGISTRY',
      helpValue: 'HOST[:PORT][/PATH]',
      description: 'Where the images come from (default: what the values say)',
    }),
    tag: Flags.string({
      char: 't',
      helpValue: 'TAG',
      description: 'The tag of the images (default: what the values say)',
    }),
    'create-namespace': Flags.boolean({ default: false, description: 'Make the namespace if it is not there' }),
    'skip-image-check': Flags.boolean({ default: false, description: 'Do not ask the registries for the images' }),
    'rollback-on-failure': Flags.boolean({
      default: false,
      description: 'Go back to the last revision that was well when this one fails',
    }),
    ...waitFlags,
    'dry-run': Flags.boolean({
      default: false,
      description: 'Only render the chart here and show it; needs no cluster',
    }),
    output: Flags.option({
      options: ['text', 'yaml'] as const,
      description: 'With --dry-run: the plan (default), or the manifests for kubectl',
    })(),
  };

  async run(): Promise<DeployResult> {
    const { deployRelease } = await import('../../cli/deploy/deployRelease.js');
    const { flags } = this;
    if (flags.output === 'yaml' && !flags['dry-run'])
      throw usageError('--output yaml goes with --dry-run.', 'spikectl deploy --dry-run --output yaml');
    const run = deployRelease({
      options: {
        ...releaseOptions(flags),
        chart: flags.chart,
        valuesFiles: flags.values ?? [],
        set: flags.set ?? [],
        setFromEnv: flags['set-from-env'] ?? [],
        registry: flags.registry,
        tag: flags.tag,
        createNamespace: flags['create-namespace'],
        checksImages: !flags['skip-image-check'],
      },
      isDryRun: flags['dry-run'],
      asYaml: flags.output === 'yaml',
      wait: flags.wait,
      timeoutSeconds: parseDuration(flags.timeout, '--timeout'),
      giveUpSeconds: parseDuration(flags['give-up'], '--give-up'),
      rollsBack: flags['rollback-on-failure'],
      out: this.out,
      signal: this.signal,
      confirm: (question, options) => this.confirm(question, options),
    });
    // Helm notes its end, and what was written for it is removed, before the process ends.
    this.onInterrupt(() => Promise.allSettled([run]).then(() => undefined));
    const result = await run;
    this.conclude(result);
    return result;
  }

  private conclude({ state, error, release, namespace, ingressUrl }: DeployResult): void {
    if (error !== null) {
      const exit = error.exit as ExitCode;
      if (!this.jsonEnabled()) throw new CliError(error.code, error.message, { exit, suggestions: error.suggestions });
      this.endWith(exit);
    } else if (state === 'deployed' || state === 'unchanged') {
      this.out.info(`See it: spikectl deploy status --namespace ${namespace} --release ${release}`);
      if (state === 'deployed')
        this.out.info(`Work with it: spikectl login --url ${ingressUrl ?? 'https://YOUR-HOST'}`);
    }
  }
}
