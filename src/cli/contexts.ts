import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { CliError, exitCodes, usageError } from './errors.js';
import { nearest } from './nearest.js';

/** A deployment that the CLI talks to, and as whom. */
export interface Context {
  /** The ingress: page and public routes. */
  url: string;
  /** Where `/admin/…` is reached, when that is not the ingress. */
  adminUrl?: string | undefined;
  username?: string | undefined;
  token?: string | undefined;
  /** ISO 8601. */
  tokenExpiresAt?: string | undefined;
}

export interface Contexts {
  current: string | undefined;
  contexts: Record<string, Context>;
}

const contextSchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  adminUrl: z.url({ protocol: /^https?$/ }).optional(),
  username: z.string().optional(),
  token: z.string().optional(),
  tokenExpiresAt: z.string().optional(),
});

const contextsSchema = z.object({
  current: z.string().optional(),
  contexts: z.record(z.string(), contextSchema),
});

const contextNamePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Only the owner: the file holds tokens. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OTHERS = 0o077;

/** Where `spikectl` keeps what belongs to the person at the terminal. */
function configDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.SPIKE_CONFIG_DIR || envPaths('spikectl', { suffix: '' }).config;
}

export function contextsFile(environment: NodeJS.ProcessEnv = process.env): string {
  return path.join(configDirectory(environment), 'contexts.json');
}

/**
 * Reads the contexts; none yet is an empty list. A file that others could read is closed to them at once and `warn` says so:
 * the tokens in it may have been seen.
 *
 * @param options.closeToOthers false only looks
 */
export async function readContexts(
  options: { environment?: NodeJS.ProcessEnv; warn?: (text: string) => void; closeToOthers?: boolean } = {},
): Promise<Contexts> {
  const file = contextsFile(options.environment ?? process.env);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { current: undefined, contexts: {} };
    throw error;
  }
  if (options.closeToOthers ?? true) await closeToOthers(file, options.warn ?? (() => undefined));
  return parseContexts(file, text);
}

async function closeToOthers(file: string, warn: (text: string) => void): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(file);
  if ((mode & OTHERS) === 0) return;
  await chmod(file, FILE_MODE);
  warn(`${file} could be read by others. It is closed now; log in again if somebody may have read the token.`);
}

function parseContexts(file: string, text: string): Contexts {
  try {
    const { current, contexts } = contextsSchema.parse(JSON.parse(text));
    return { current, contexts };
  } catch (error) {
    throw new CliError('CONFIG', `${file} is damaged: it does not hold the contexts that spikectl writes.`, {
      exit: exitCodes.usage,
      suggestions: [`Delete ${file} and log in again: spikectl login`],
      cause: error,
    });
  }
}

/** Writes all or nothing, and never a file that others can read. */
async function writeContexts(contexts: Contexts, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const file = contextsFile(environment);
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, `${JSON.stringify(contexts, null, 2)}\n`, { mode: FILE_MODE });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Adds or replaces one context, and makes it the current one if told to or if there is none. */
export async function saveContext(
  name: string,
  context: Context,
  { makeCurrent = false, environment = process.env }: { makeCurrent?: boolean; environment?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  if (!contextNamePattern.test(name)) {
    throw usageError(
      `'${name}' cannot be the name of a context.`,
      'Use letters, digits, dots, dashes and underscores.',
    );
  }
  const known = await readContexts({ environment });
  await writeContexts(
    {
      current: makeCurrent || known.current === undefined ? name : known.current,
      contexts: { ...known.contexts, [name]: context },
    },
    environment,
  );
}

/** Makes a context the current one. */
export async function useContext(name: string, environment: NodeJS.ProcessEnv = process.env): Promise<Context> {
  const known = await readContexts({ environment });
  const context = findContext(known, name);
  await writeContexts({ ...known, current: name }, environment);
  return context;
}

/** Forgets a context; when it was the current one, none is. */
export async function deleteContext(name: string, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { current, contexts } = await readContexts({ environment });
  const kept = Object.fromEntries(Object.entries(contexts).filter(([known]) => known !== name));
  await writeContexts({ current: current === name ? undefined : current, contexts: kept }, environment);
}

/** @throws a usage error that names the nearest context */
export function findContext({ contexts }: Contexts, name: string): Context {
  const context = Object.hasOwn(contexts, name) ? contexts[name] : undefined;
  if (context !== undefined) return context;
  const names = Object.keys(contexts);
  const meant = nearest(name, names);
  throw usageError(
    `There is no context '${name}'.`,
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    names.length === 0 ? 'spikectl login' : 'spikectl context list',
  );
}
