import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { releaseFlags, releaseOptions, waitFlags } from '../../cli/deploy/deployFlags.js';
import type { RollbackResult } from '../../cli/deploy/rollBackRelease.js';
import { CliError, type ExitCode } from '../../cli/errors.js';
import { parseDuration } from '../../cli/parseDuration.js';

export default class DeployRollback extends BaseCommand<typeof DeployRollback> {
  static override summary = 'Go back to an earlier revision of a release';
  static override description = `Without a revision: to the newest earlier one that was well. Shows what would change, asks, and waits until all pods are ready.
The schema is not rolled back: migrations only add, so the code of before works with it. This also mends a release that a broken deployment left pending.`;
  static override examples = [
    '<%= config.bin %> deploy rollback --namespace shop',
    '<%= config.bin %> deploy rollback 12 --namespace shop --yes',
    '<%= config.bin %> deploy rollback --namespace shop --dry-run',
  ];
  static override args = {
    revision: Args.integer({ min: 1, description: 'The revision to go back to (default: the last that was well)' }),
  };
  static override flags = {
    ...releaseFlags,
    ...waitFlags,
    'dry-run': Flags.boolean({ default: false, description: 'Only show what would change' }),
  };

  async run(): Promise<RollbackResult> {
    const { rollBackRelease } = await import('../../cli/deploy/rollBackRelease.js');
    const { flags } = this;
    const run = rollBackRelease({
      target: releaseOptions(flags),
      revision: this.args.revision,
      isDryRun: flags['dry-run'],
      wait: flags.wait,
      timeoutSeconds: parseDuration(flags.timeout, '--timeout'),
      giveUpSeconds: parseDuration(flags['give-up'], '--give-up'),
      out: this.out,
      signal: this.signal,
      confirm: (question, options) => this.confirm(question, options),
    });
    this.onInterrupt(() => Promise.allSettled([run]).then(() => undefined));
    const result = await run;
    if (result.error === null) return result;
    const { code, message, exit, suggestions } = result.error;
    if (!this.jsonEnabled()) throw new CliError(code, message, { exit: exit as ExitCode, suggestions });
    this.endWith(exit as ExitCode);
    return result;
  }
}
