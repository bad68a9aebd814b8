import { OperatorError } from '../operatorError.js';
import { probeStore } from './probeStore.js';
import { startStore } from './startStore.js';
import { storeTitles, storeUrlVariables, withoutPassword } from './store.js';
import type { Report, StoreName, StoreSource } from './store.js';

export interface ObtainedStore {
  url: string;
  version: string;
  /** Whether this call started it; false for one that was running already or is not ours. */
  started: boolean;
}

/**
 * Makes sure that one store answers: starts a private one unless it runs, and looks at one that was handed in.
 *
 * @throws OperatorError when it cannot be had
 */
export async function obtainStore(options: {
  name: StoreName;
  home: string;
  source: StoreSource | null;
  report: Report;
}): Promise<ObtainedStore> {
  const { name, home, source, report } = options;
  if (source === null) throw new Error(`There is no source for ${storeTitles[name]}.`);
  if (source.kind !== 'url') return startStore({ name, home, source, report });
  try {
    const version = await probeStore(name, source.url);
    report({ store: name, message: `answers (${version}), configured by ${storeUrlVariables[name]}` });
    return { url: source.url, version, started: false };
  } catch (error) {
    throw new OperatorError({
      code: 'STORE_UNREACHABLE',
      message: `${storeTitles[name]} is not reachable at ${withoutPassword(source.url)}: ${describe(error as Error)}`,
      suggestions: [
        `Check ${storeUrlVariables[name]} and that the server runs.`,
        `Unset ${storeUrlVariables[name]} to use a private one.`,
      ],
      exit: 5,
      cause: error,
    });
  }
}

/** Connection errors of several addresses at once have no message of their own. */
function describe(error: Error & { code?: string }): string {
  return error.message || (error.code ?? error.name);
}
