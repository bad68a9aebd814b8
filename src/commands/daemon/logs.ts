import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { usageError } from '../../cli/errors.js';

const LINES_MAX = 10_000;
const LINES_DEFAULT = 50;

export default class DaemonLogs extends BaseCommand<typeof DaemonLogs> {
  static override summary = 'Show what the services logged';
  static override examples = [
    '<%= config.bin %> daemon logs',
    '<%= config.bin %> daemon logs order --follow',
    '<%= config.bin %> daemon logs spike --lines 200 --json',
  ];
  static override args = {
    service: Args.string({ description: 'user, spike, access, order, admin or ingress (default: all)' }),
  };
  static override flags = {
    follow: Flags.boolean({ char: 'f', description: 'Keep printing what comes, until Ctrl-C' }),
    lines: Flags.integer({
      char: 'n',
      default: LINES_DEFAULT,
      min: 0,
      max: LINES_MAX,
      description: 'Last lines of each log to begin with',
    }),
  };

  async run(): Promise<{ logs: { name: string; lines: readonly string[] }[] }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { chosenProcesses } = await import('../../cli/local/processArg.js');
    const { processLogFile } = await import('../../daemon/services/describeProcesses.js');
    const { tailFile } = await import('../../daemon/tailFile.js');
    const { followFiles } = await import('../../daemon/followFiles.js');
    if (this.flags.follow && this.jsonEnabled()) {
      throw usageError('--follow does not end, and --json prints one document at the end.', 'Leave one of them out.');
    }
    const names = chosenProcesses(this.args.service);
    const { home } = await findDeployment();
    const print = (name: string, line: string) => this.out.result(names.length === 1 ? line : `${name} | ${line}`);
    const logs: { name: string; lines: readonly string[] }[] = [];
    for (const name of names) {
      const lines = await tailFile(processLogFile(home, name), this.flags.lines);
      logs.push({ name, lines });
      for (const line of lines) print(name, line);
    }
    if (this.flags.follow) {
      const files = names.map((name) => ({ name, file: processLogFile(home, name) }));
      await followFiles({ files, print, signal: this.signal });
    }
    return { logs };
  }
}
