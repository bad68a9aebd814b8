import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a variable says, and the file that holds it when it stands in one. */
export interface Variable {
  value: string;
  file: string | undefined;
}

const FILE_ENDING = '_FILE';

/** Why a file cannot be read, in words; any other reason is told by its code. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
};

/**
 * Reads `SPIKE_X`, or the file that `SPIKE_X_FILE` names, as secrets are handed to containers. One line end behind the value is no
 * part of it. An empty variable counts as not set.
 *
 * @returns undefined when neither is set
 * @throws Error when both are set, and when the file cannot be read or is empty
 */
export function readVariable(environment: Environment, name: string): Variable | undefined {
  const value = environment[name];
  const file = environment[`${name}${FILE_ENDING}`];
  const hasValue = value !== undefined && value !== '';
  if (file === undefined || file === '') return hasValue ? { value, file: undefined } : undefined;
  if (hasValue) throw new Error(`${name} and ${name}${FILE_ENDING} are both set; keep one of them`);
  const content = readContent(`${name}${FILE_ENDING}`, file);
  if (content === '') throw new Error(`${name}${FILE_ENDING} names ${file}: it is empty`);
  return { value: content, file };
}

/**
 * The environment with the values in place of the files that hold them, for what knows variables only.
 *
 * @throws Error as `readVariable`
 */
export function fillFromFiles(environment: Environment, names: readonly string[]): Environment {
  const filled = { ...environment };
  for (const name of names) {
    const { value, file } = readVariable(environment, name) ?? {};
    if (file === undefined) continue;
    filled[name] = value;
    delete filled[`${name}${FILE_ENDING}`];
  }
  return filled;
}

function readContent(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new Error(`${variable} names ${file}: ${REASONS[code] ?? code}`, { cause: error });
  }
}
