import { Config, run } from '@oclif/core';
import { describeError } from './describeError.js';
import { reportError } from './reportError.js';
import { unknownCommand } from './unknownCommand.js';

/** How long what a command left open (an idle connection, say) may hold the process after the result is printed. */
const LINGER_MS = 250;

/**
 * Runs one command line from start to end. `bin/spikectl.js` calls nothing else.
 *
 * @param root the folder of package.json
 */
export async function main(argv: string[], root: string): Promise<void> {
  try {
    await run(argv, { root });
  } catch (error) {
    const report = describeError(await withNearest(error, root));
    reportError(report, { json: argv.includes('--json'), verbose: argv.includes('--verbose') });
  }
  setTimeout(() => process.stdout.write('', () => process.exit()), LINGER_MS).unref();
}

/** `spikectl evnt --help` is refused by oclif's help, which suggests nothing. */
async function withNearest(error: unknown, root: string): Promise<unknown> {
  const id = error instanceof Error ? /^Command (\S+) not found\.$/.exec(error.message)?.[1] : undefined;
  return id === undefined ? error : unknownCommand(await Config.load({ root }), id);
}
