import { COMPLETE_WORD } from './completion/scripts.js';

/** How long what a command left open (an idle connection, say) may hold the process after the result is printed. */
const LINGER_MS = 250;

/**
 * Runs one command line from start to end. `bin/spikectl.js` calls nothing else.
 *
 * @param root the folder of package.json
 */
export async function main(argv: string[], root: string): Promise<void> {
  if (argv[0] === COMPLETE_WORD) {
    const { printCandidates } = await import('./completion/printCandidates.js');
    await printCandidates(argv.slice(1), root);
  } else {
    const { runCommandLine } = await import('./runCommandLine.js');
    await runCommandLine(argv, root);
  }
  setTimeout(() => process.stdout.write('', () => process.exit()), LINGER_MS).unref();
}
