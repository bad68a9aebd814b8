import { OperatorError } from '../operatorError.js';
import { obtainStore } from './obtainStore.js';
import { storeNames, storeTitles, storeUrlVariables } from './store.js';
import type { Report, StoreName, StoreUrls } from './store.js';
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
  requireSources(options.sources);
  const { home, sources, report } = options;
  const settled = await Promise.allSettled(
    storeNames.map((name) => obtainStore({ name, home, source: sources[name], report })),
  );
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

/** @throws OperatorError naming every store that this machine has no source for, and what to type */
export function requireSources(sources: Sources): void {
  const missing = storeNames.filter((name) => sources[name] === null);
  if (missing.length > 0) throw missingError(missing);
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
