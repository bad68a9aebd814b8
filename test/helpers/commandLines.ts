import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

interface Flag {
  char?: string;
  allowNo?: boolean;
  /** The values that it takes, where they are a list. */
  options?: readonly string[];
}

interface Manifest {
  commands: Readonly<Record<string, { flags: Readonly<Record<string, Flag>>; args: object }>>;
}

const MANIFEST = fileURLToPath(new URL('../../oclif.manifest.json', import.meta.url));
/** Of every command; they are no flags of its own to oclif. */
const EVERYWHERE = ['--help', '-h'];

/**
 * Looks up every command line of a page: `npx spikectl …` or `spikectl …` in a block or in code between words.
 *
 * @returns one line for each command, flag or argument too many that the built command line does not know
 */
export async function unknownCommands(page: string): Promise<string[]> {
  const { commands } = JSON.parse(await readFile(MANIFEST, 'utf8')) as Manifest;
  return commandLines(page).flatMap((line) => judge(line, commands));
}

function commandLines(page: string): string[] {
  const blocks = [...page.matchAll(/^ *```sh\n([^]*?)^ *```/gm)].flatMap(([, text = '']) => text.split('\n'));
  const inline = [...page.replace(/^ *```[^]*?^ *```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
  return [...blocks, ...inline].flatMap((text) =>
    // What stands behind a pipe, a comment or a redirection is not for us.
    [...text.matchAll(/(?:^|[ (])spikectl ([^|#>)]+)/g)].map(([, words = '']) => words.trim()),
  );
}

function judge(line: string, commands: Manifest['commands']): string[] {
  const words = line.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  const plain = words.filter((word) => !word.startsWith('-'));
  // `spikectl …` stands for any.
  if (plain[0] === undefined || plain[0].startsWith('…') || plain[0].startsWith('__')) return [];
  const id = [3, 2, 1]
    .map((count) => plain.slice(0, count).join(':'))
    .find((candidate) => Object.hasOwn(commands, candidate));
  const isTopic = plain.length === 1 && Object.keys(commands).some((name) => name.startsWith(`${plain[0]}:`));
  if (id === undefined) return isTopic ? [] : [`spikectl ${line}: no such command`];
  const { flags } = commands[id]!;
  const known = [
    ...EVERYWHERE,
    ...Object.entries(flags).flatMap(([name, { char, allowNo }]) => [
      `--${name}`,
      ...(char === undefined ? [] : [`-${char}`]),
      ...(allowNo === true ? [`--no-${name}`] : []),
    ]),
  ];
  return words.flatMap((word, index) => {
    if (!/^--?[a-z]/.test(word)) return [];
    const [name = '', value = words[index + 1]] = word.split('=');
    if (!known.includes(name)) return [`spikectl ${line}: no flag ${word}`];
    const { options } = flags[name.slice(2)] ?? {};
    if (options === undefined || options.includes(value ?? '')) return [];
    return [`spikectl ${line}: ${name} is one of ${options.join(', ')}`];
  });
}
