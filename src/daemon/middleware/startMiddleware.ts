import { OperatorError } from '../operatorError.js';
import { probeStore } from './probeStore.js';
import { startStore } from './startStore.js';
import { storeNames, storeTitles, storeUrlVariables, withoutPassword } from './store.js';
import type { Report, StoreName, StoreSource, StoreUrls } from './store.js';
import type { Sources } from './findSources.js';

export interface StartedMiddleware {
  urls: StoreUrls;
  /** Stores that this call started; the others were running already or are not ours. */
  started: readonly StoreName[];
}

/**
 * Starts, side by side, each store that is not running, and returns when all of them answer a real query.
 *
 * @throws OperatorError for the first store that cannot be had. The others are left as they are: running ones are found
 *   running by the next attempt.
 */
export async function startMiddleware(options: {
  home: string;
  sources: Sources;
  report: Report;
}): Promise<StartedMiddleware> {
  const missing = storeNames.filter((name) => options.sources[name] === null);
  if (missing.length > 0) throw missingError(missing);
  const settled = await Promise.allSettled(storeNames.map((name) => obtainStore(name, options)));
  const urls: Partial<Record<StoreName, string>> = {};
  const started: StoreName[] = [];
  for (const [index, name] of storeNames.entries()) {
    const outcome = settled[index];
    if (outcome?.status === 'rejected') throw outcome.reason;
    if (outcome?.status !== 'fulfilled') continue;
    urls[name] = outcome.value.url;
    if (outcome.value.started) started.push(name);
  }
  return { urls: urls as StoreUrls, started };
}

async function obtainStore(
  name: StoreName,
  options: { home: string; sources: Sources; report: Report },
): Promise<{ url: string; started: boolean }> {
  const source = options.sources[name] as StoreSource;
  if (source.kind !== 'url') return startStore({ name, home: options.home, source, report: options.report });
  try {
    const version = await probeStore(name, source.url);
    options.report({ store: name, message: `answers (${version}), configured by ${storeUrlVariables[name]}` });
  } catch (error) {
    throw new OperatorError({
      code: 'STORE_UNREACHABLE',
      message: `${storeTitles[name]} is not reachable at ${withoutPassword(source.url)}: ${(error as Error).message}`,
      suggestions: [
        `Check ${storeUrlVariables[name]} and that the server runs.`,
        `Unset ${storeUrlVariables[name]} to use a private one.`,
      ],
      exit: 5,
      cause: error,
    });
  }
  return { url: source.url, started: false };
}

function missingError(names: readonly StoreName[]): OperatorError {
  const titles = names.map((name) => storeTitles[name]).join(', ');
  const variables = names.map((name) => storeUrlVariables[name]).join(', ');
  return new OperatorError({
    code: 'MIDDLEWARE_MISSING',
    message: `Not found on this machine: ${titles} (no installed binary, no Docker engine that answers).`,
    suggestions: [
      'Let spikectl install the packages: spikectl up --yes',
      `Or name servers you have: set ${variables}.`,
    ],
    exit: 5,
  });
}
