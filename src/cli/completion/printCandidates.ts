import { complete, type Source } from './complete.js';
import { readSurface } from './surface.js';

/** A line that tells the shell to add its own file names. */
const FILES = ':files';

/**
 * What the shell's completion calls: prints what may stand at the end of the words, one a line, with its description behind a
 * tab. Prints nothing else, whatever happens, and ends with 0.
 */
export async function printCandidates(words: readonly string[], root: string): Promise<void> {
  const { candidates, source, files } = complete(words, await readSurface(root));
  const asked = source === undefined ? [] : await ask(source, words);
  const last = words.at(-1) ?? '';
  const typed = last === '=' ? '' : last;
  const lines = [...candidates, ...asked]
    .filter(({ value }) => value.startsWith(typed))
    .map(({ value, description }) => `${value}\t${firstLine(description)}\n`);
  process.stdout.write([...lines, files === true ? `${FILES}\n` : ''].join(''));
}

async function ask(source: Source, words: readonly string[]) {
  const { askSource } = await import('./askSource.js');
  const given = words[words.indexOf('--context') + 1];
  const contextName = words.includes('--context') && given !== '' ? given : process.env.SPIKE_CONTEXT;
  return askSource(source, contextName || undefined);
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.replaceAll('\t', ' ');
}
