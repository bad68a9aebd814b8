import { Config, run } from '@oclif/core';
import { describeError } from './describeError.js';
import { reportError } from './reportError.js';
import { unknownCommand } from './unknownCommand.js';

/** Finds the command and runs it; what fails is printed here, and sets the exit code. */
export async function runCommandLine(argv: string[], root: string): Promise<void> {
  try {
    await run(argv, { root });
  } catch (error) {
    const report = describeError(await withNearest(error, root));
    reportError(report, { json: argv.includes('--json'), verbose: argv.includes('--verbose') });
  }
}

/** `spikectl evnt --help` is refused by oclif's help, which suggests nothing. */
async function withNearest(error: unknown, root: string): Promise<unknown> {
  const id = error instanceof Error ? /^Command (\S+) not found\.$/.exec(error.message)?.[1] : undefined;
  return id === undefined ? error : unknownCommand(await Config.load({ root }), id);
}
