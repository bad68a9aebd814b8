import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const MARK = '@@ block';

/** Words of the API: here a page must be right to the letter, elsewhere by shape. */
const EXACT = new Set([
  'status',
  'code',
  'msg',
  'next',
  'state',
  'reason',
  'filter',
  'action',
  'role',
  'eligible',
  'stores',
]);

/** One fenced block of a page: what to type (`sh`), or what it answers (`json`, `text`). */
export interface Block {
  language: string;
  text: string;
  /** Its place in the page, for who has to mend it. */
  line: number;
}

/**
 * @param file relative to the package's folder
 * @param heading of the one section to read; all of the page without it
 */
export function readBlocks(file: string, heading?: string): Block[] {
  const page = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const start = heading === undefined ? 0 : page.indexOf(`\n## ${heading}\n`);
  if (start < 0) throw new Error(`${file} has no section "${heading}".`);
  const end = heading === undefined ? -1 : page.indexOf('\n## ', start + 1);
  const section = page.slice(start, end < 0 ? undefined : end);
  return [...section.matchAll(/^```(sh|json|text)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    text: match[2]!,
    line: page.slice(0, start + match.index).split('\n').length,
  }));
}

/**
 * Types all commands of the blocks into one shell, as a reader does who follows the page from top to bottom. The line that
 * sets `URL` is left out: it is in the environment.
 *
 * @param options.first a line to type before them
 * @returns what each block printed, by its line in the page
 * @throws when a command fails
 */
export async function typeBlocks(
  blocks: readonly Block[],
  options: { environment: Readonly<Record<string, string>>; first?: string },
): Promise<ReadonlyMap<number, string>> {
  const commands = blocks.filter(({ language }) => language === 'sh');
  const script = commands
    .map(({ text, line }) => `echo '${MARK} ${line}'\n${text.replace(/^URL=.*$/m, '')}`)
    .join('\n');
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-euo', 'pipefail', '-c', `${options.first ?? ''}\n${script}`],
    {
      env: { PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`, ...options.environment },
    },
  );
  return new Map(
    stdout
      .split(`${MARK} `)
      .slice(1)
      .map((part) => [Number(part.slice(0, part.indexOf('\n'))), part.slice(part.indexOf('\n') + 1).trim()]),
  );
}

/** Where the answer is not of the documented shape: other fields, another type, another word. */
export function differences(documented: unknown, answered: unknown, place = ''): string[] {
  if (typeof documented !== typeof answered || (documented === null) !== (answered === null))
    return [`${place}: documented ${JSON.stringify(documented)}, answered ${JSON.stringify(answered)}`];
  if (typeof documented !== 'object' || documented === null || answered === null) {
    const name = place
      .split('.')
      .at(-1)!
      .replace(/\[\d+\]$/, '');
    const isWord = EXACT.has(name) && !/^\d+$/.test(String(documented));
    return isWord && documented !== answered
      ? [`${place}: documented ${String(documented)}, answered ${String(answered)}`]
      : [];
  }
  const [left, right] = [documented, answered as object].map((value) => Object.keys(value).sort());
  if (JSON.stringify(left) !== JSON.stringify(right))
    return [`${place}: documented ${left!.join()}, answered ${right!.join()}`];
  return Object.entries(documented).flatMap(([name, value]) =>
    differences(
      value,
      (answered as Record<string, unknown>)[name],
      Array.isArray(documented) ? `${place}[${name}]` : `${place}.${name}`,
    ),
  );
}
