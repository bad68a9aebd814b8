import { run } from '@oclif/core';
import { describeError } from './describeError.js';
import { reportError } from './reportError.js';

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
    reportError(describeError(error), { json: argv.includes('--json'), verbose: argv.includes('--verbose') });
  }
  setTimeout(() => process.stdout.write('', () => process.exit()), LINGER_MS).unref();
}
