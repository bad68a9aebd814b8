import type { LocalDeployment } from './localDeployment.js';
import { findSources } from './middleware/findSources.js';
import { installMissing } from './middleware/installMissing.js';
import { obtainStore } from './middleware/obtainStore.js';
import { requireSources } from './middleware/startMiddleware.js';
import { storeNames, storeTitles, type StoreName, type StoreUrls } from './middleware/store.js';
import type { RunSteps } from './step.js';

/**
 * Gets all three stores answering: installs what this machine lacks if allowed, starts the private ones that do not run.
 *
 * @param options.mayInstall asked only when something is missing; null when there is nobody to ask
 * @throws OperatorError saying what to type when a store cannot be had
 */
export async function obtainMiddleware(options: {
  deployment: LocalDeployment;
  runSteps: RunSteps;
  mayInstall: ((what: string) => Promise<void>) | null;
}): Promise<{ urls: StoreUrls; started: readonly StoreName[] }> {
  const { deployment, runSteps } = options;
  const { home, environment } = deployment;
  let sources = await findSources({ home, environment });
  const missing = storeNames.filter((name) => sources[name] === null).map((name) => storeTitles[name]);
  if (missing.length > 0 && options.mayInstall !== null) {
    await options.mayInstall(missing.join(', '));
    const title = `Installing ${missing.join(', ')}`;
    const install = (say: (text: string) => void) =>
      installMissing({ home, environment, report: ({ message }) => say(message) });
    await runSteps([{ title, run: install }]);
    sources = await findSources({ home, environment });
  }
  requireSources(sources);
  const urls: Partial<Record<StoreName, string>> = {};
  const started = new Set<StoreName>();
  const obtain = (name: StoreName) => async (say: (text: string) => void) => {
    let last = '';
    const report = ({ message }: { message: string }) => {
      last = message;
      say(`${storeTitles[name]}: ${message}`);
    };
    const store = await obtainStore({ name, home, source: sources[name], report });
    urls[name] = store.url;
    if (store.started) started.add(name);
    return `${storeTitles[name]} ${last}`;
  };
  await runSteps(
    storeNames.map((name) => ({ title: storeTitles[name], run: obtain(name) })),
    { concurrent: true },
  );
  return { urls: urls as StoreUrls, started: storeNames.filter((name) => started.has(name)) };
}
