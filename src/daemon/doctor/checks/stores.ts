import { findSources } from '../../middleware/findSources.js';
import { obtainStore } from '../../middleware/obtainStore.js';
import { storeTitles, storeUrlVariables, type StoreName } from '../../middleware/store.js';
import { ok, problem, skipped, type Check, type Mending, type Verdict } from '../check.js';
import type { Look, Machine } from '../machine.js';
import { versionFault } from '../versions.js';

/** One check for each store: does it answer, and is it of a version that has what the system uses? */
export const mysqlCheck = storeCheck('mysql', (machine) => machine.mysql());
export const redisCheck = storeCheck('redis', (machine) => machine.redis());
export const rabbitmqCheck = storeCheck('rabbitmq', (machine) => machine.rabbitmq());

function storeCheck(name: StoreName, look: (machine: Machine) => Promise<Look<{ version: string }>>): Check {
  return {
    name,
    look: async (machine) => judgeStore(name, await look(machine)),
    mend: startPrivately(name),
  };
}

export function judgeStore(name: StoreName, look: Look<{ version: string }>): Verdict {
  const title = storeTitles[name];
  if (look.state === 'none') return skipped(`${title} was never started here, and no URL names one.`, 'spikectl up');
  if (look.state === 'away') {
    const evidence = `${title} is not reachable at ${look.where}: ${look.why}.`;
    return look.isPrivate
      ? problem(evidence, 'spikectl middleware up', true)
      : problem(evidence, `Check ${storeUrlVariables[name]} and that the server runs.`);
  }
  const { version } = look.facts;
  const kind = name === 'mysql' && /mariadb/i.test(version) ? 'mariadb' : name;
  const fault = versionFault(kind, version);
  if (fault !== undefined) return problem(`${title} ${fault}.`, `Install a newer ${title}, then: spikectl up`);
  return ok(`${version} at ${look.where}.`);
}

function startPrivately(name: StoreName): Mending {
  return {
    stage: 'stores',
    async run({ home, environment }, report) {
      const sources = await findSources({ home, environment });
      if (sources[name] === null) throw new Error(`${storeTitles[name]} is not installed. Try: spikectl up --yes`);
      const { version } = await obtainStore({ name, home, source: sources[name], report });
      return `Started ${storeTitles[name]} ${version}`;
    },
  };
}
