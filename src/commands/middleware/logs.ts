import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { storeNames } from '../../daemon/middleware/store.js';

const LINES_MAX = 10_000;
const LINES_DEFAULT = 50;

export default class MiddlewareLogs extends BaseCommand<typeof MiddlewareLogs> {
  static override summary = 'Show what the private stores logged';
  static override examples = ['<%= config.bin %> middleware logs', '<%= config.bin %> middleware logs rabbitmq -n 200'];
  static override args = {
    store: Args.string({ options: [...storeNames], description: 'Which one (default: all)' }),
  };
  static override flags = {
    lines: Flags.integer({
      char: 'n',
      default: LINES_DEFAULT,
      min: 1,
      max: LINES_MAX,
      description: 'Last lines of each',
    }),
  };

  async run(): Promise<{ logs: { name: string; lines: readonly string[] }[] }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { middlewareLogs } = await import('../../daemon/middleware/middlewareLogs.js');
    const { home } = await findDeployment();
    const names = storeNames.filter((name) => this.args.store === undefined || name === this.args.store);
    const logs = [];
    for (const name of names) {
      const lines = await middlewareLogs({ home, name, lines: this.flags.lines });
      logs.push({ name, lines });
      for (const line of lines) this.out.result(names.length === 1 ? line : `${name} | ${line}`);
    }
    return { logs };
  }
}
