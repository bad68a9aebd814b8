import { findSources, type Sources } from '../../middleware/findSources.js';
import { storeNames, storeTitles, storeUrlVariables, type StoreSource } from '../../middleware/store.js';
import { ok, problem, type Check, type Verdict } from '../check.js';

export const serversCheck: Check = {
  name: 'servers',
  look: async ({ home, environment }) => judgeServers(await findSources({ home, environment })),
};

/** Where each store would come from if it were started now. */
export function judgeServers(sources: Sources): Verdict {
  const missing = storeNames.filter((name) => sources[name] === null).map((name) => storeTitles[name]);
  if (missing.length > 0) {
    return problem(
      `Not found on this machine: ${missing.join(', ')} (no installed server, no Docker engine that answers).`,
      'spikectl up --yes',
    );
  }
  return ok(`${storeNames.map((name) => `${storeTitles[name]}: ${describe(name, sources[name]!)}`).join('; ')}.`);
}

function describe(name: keyof Sources, source: StoreSource): string {
  if (source.kind === 'url') return `given by ${storeUrlVariables[name]}`;
  return source.kind === 'binary' ? source.server : `a container (${source.docker})`;
}
