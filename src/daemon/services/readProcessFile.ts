import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { resolveEnvironment, type LocalConfig } from '../localConfig.js';
import { privateUrl, storeNames, storeUrlVariables, type StoreName, type StoreState } from '../middleware/store.js';
import { storeLayout } from '../middleware/storeLayout.js';
import { resolveHome } from '../resolveHome.js';
import { describeProcesses, type ProcessDescription } from './describeProcesses.js';

/**
 * The process file for a pm2 that somebody else runs: what `spikectl up` has made on this machine, if it has, and what the
 * environment says over it. Reads synchronously, because pm2 loads its configuration with `require`.
 */
export function readProcessFile(options: {
  root: string;
  environment: Readonly<Record<string, string | undefined>>;
  interpreter: string;
}): ProcessDescription[] {
  const { root, environment, interpreter } = options;
  const home = resolveHome({ environment, root });
  const known = readJson(path.join(home, 'local.json')) as LocalConfig | undefined;
  const local: LocalConfig = {
    secrets: known?.secrets ?? ({} as LocalConfig['secrets']),
    environment: { ...known?.environment, ...resolveEnvironment({ environment }) },
  };
  const storeUrl = (name: StoreName) => {
    const configured = local.environment[storeUrlVariables[name]];
    if (configured !== undefined) return configured;
    const state = readJson(storeLayout(home, name).stateFile) as StoreState | undefined;
    return state && privateUrl(name, state);
  };
  const storeUrls = Object.fromEntries(storeNames.map((name) => [name, storeUrl(name)]));
  return describeProcesses({
    root,
    home,
    local,
    storeUrls: storeUrls as Record<StoreName, string | undefined>,
    interpreter,
  });
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
