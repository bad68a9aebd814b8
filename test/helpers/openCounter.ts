import type { House } from './openHouse.js';
import { STAFF_PASSWORD } from './openHouse.js';
import { createCli, type Cli, type CliRun } from './runCli.js';
import type { StaffRole } from '../../src/domain/staffRole.js';

/** Operators at terminals of their own, each logged in at the admin service of a house. */
export interface Counter {
  /** Runs a command as a member of staff of this role; operator unless said. */
  run(args: string[], options?: { as?: StaffRole; input?: string; env?: Record<string, string> }): Promise<CliRun>;
  /** Runs a command with `--json` that must succeed, and returns its document. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  done(args: string[], options?: { as?: StaffRole; input?: string }): Promise<any>;
  /** A file beside the operator's other files, for commands that read one. */
  folder: string;
  close(): Promise<void>;
}

export async function openCounter(house: House): Promise<Counter> {
  const clis = {} as Record<StaffRole, Cli>;
  const close = async () => {
    for (const cli of Object.values(clis)) await cli.remove();
  };
  try {
    for (const role of ['viewer', 'operator', 'admin'] as const) {
      const cli = (clis[role] = await createCli());
      const args = ['login', '--url', house.urls.admin, '--username', role, '--password-stdin'];
      const { code, stderr } = await cli.run(args, { input: `${STAFF_PASSWORD}\n` });
      if (code !== 0) throw new Error(`login as ${role}: ${stderr}`);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const run: Counter['run'] = (args, { as = 'operator', ...options } = {}) => clis[as].run(args, options);
  return {
    run,
    async done(args, options) {
      const ran = await run([...args, '--json'], options);
      if (ran.code !== 0)
        throw new Error(`spikectl ${args.join(' ')} ended with ${ran.code}: ${ran.stdout}${ran.stderr}`);
      if (ran.stderr !== '') throw new Error(`spikectl ${args.join(' ')} --json said on stderr: ${ran.stderr}`);
      return ran.json();
    },
    folder: clis.operator.configDirectory,
    close,
  };
}
