import type { Surface, SurfaceArg, SurfaceFlag } from './surface.js';

export interface Candidate {
  value: string;
  /** Empty when there is nothing to say. */
  description: string;
}

/** Values that only the running deployment, or this machine, knows. */
export type Source = 'events' | 'commodities' | 'users' | 'contexts' | 'services';

export interface Completion {
  candidates: Candidate[];
  /** Where more of them come from. */
  source?: Source;
  /** File names are possible here. */
  files?: true;
}

const sourcesByName: Readonly<Record<string, Source>> = {
  event: 'events',
  commodity: 'commodities',
  user: 'users',
  context: 'contexts',
  service: 'services',
};

/**
 * What may stand at the end of a command line.
 *
 * @param words what was typed behind `spikectl`; the last one, empty or not, is the one to complete. An equals sign between a
 *   flag and its value is a word of its own, as bash splits it.
 */
export function complete(words: readonly string[], surface: Surface): Completion {
  const [before, current] = splitLast(withoutEquals(words));
  const { id, rest } = findCommand(before, surface);
  const command = surface.commands[id];
  const flags = command?.flags ?? {};
  const awaited = flagOf(before.at(-1), flags);
  if (awaited?.type === 'option') return valuesOf(awaited, id);
  if (current.startsWith('-')) return { candidates: flagCandidates(flags, before) };
  const position = positionals(rest, flags);
  const below = position === 0 ? wordsBelow(id, surface) : [];
  const arg = Object.values(command?.args ?? {})[position];
  const values: Completion = arg === undefined ? { candidates: [] } : valuesOf(arg, id);
  return { ...values, candidates: [...below, ...values.candidates] };
}

function withoutEquals(words: readonly string[]): string[] {
  const kept = words.filter((word, index) => word !== '=' || !(words[index - 1] ?? '').startsWith('--'));
  return words.at(-1) === '=' && kept.length < words.length ? [...kept, ''] : kept;
}

function splitLast(words: readonly string[]): [before: string[], current: string] {
  return [words.slice(0, -1), words.at(-1) ?? ''];
}

/** The longest command or topic that the words begin with, and the words behind it. */
function findCommand(words: readonly string[], surface: Surface): { id: string; rest: string[] } {
  const known = Object.keys(surface.commands);
  let id = '';
  let used = 0;
  for (const [index, word] of words.entries()) {
    const longer = id === '' ? word : `${id}:${word}`;
    if (!known.some((name) => name === longer || name.startsWith(`${longer}:`))) break;
    id = longer;
    used = index + 1;
  }
  return { id, rest: words.slice(used) };
}

function wordsBelow(id: string, { commands, topics }: Surface): Candidate[] {
  const prefix = id === '' ? '' : `${id}:`;
  const names = Object.keys(commands).filter((name) => name.startsWith(prefix) && name !== id);
  const words = new Set(names.map((name) => name.slice(prefix.length).split(':')[0]!));
  return [...words].sort().map((value) => {
    const full = `${prefix}${value}`;
    return { value, description: topics[full]?.description ?? commands[full]?.summary ?? '' };
  });
}

function flagOf(word: string | undefined, flags: Readonly<Record<string, SurfaceFlag>>): SurfaceFlag | undefined {
  if (word?.startsWith('-') !== true) return undefined;
  return Object.values(flags).find(({ name, char }) => word === `--${name}` || word === `-${char}`);
}

function flagCandidates(flags: Readonly<Record<string, SurfaceFlag>>, before: readonly string[]): Candidate[] {
  const unused = Object.values(flags).filter(
    ({ name, multiple }) => multiple === true || !before.includes(`--${name}`),
  );
  const all = [...unused, { name: 'help', description: 'Show what the command does' }];
  return all.map(({ name, description = '' }) => ({ value: `--${name}`, description }));
}

/** How many arguments stand among the words, flags and their values left out. */
function positionals(words: readonly string[], flags: Readonly<Record<string, SurfaceFlag>>): number {
  return words.filter((word, index) => !word.startsWith('-') && flagOf(words[index - 1], flags)?.type !== 'option')
    .length;
}

function valuesOf(what: SurfaceFlag | SurfaceArg, commandId: string): Completion {
  if (what.options !== undefined) {
    return { candidates: what.options.map((value) => ({ value, description: '' })) };
  }
  const isContext = what.name === 'name' && commandId.startsWith('context:');
  const source = isContext ? 'contexts' : sourcesByName[what.name];
  if (source !== undefined) return { candidates: [], source };
  const takesFile = 'helpValue' in what && (what.helpValue ?? '').includes('FILE');
  return takesFile ? { candidates: [], files: true } : { candidates: [] };
}
