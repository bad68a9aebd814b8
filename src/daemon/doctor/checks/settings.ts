import { readLocalConfig, resolveEnvironment, type LocalConfig } from '../../localConfig.js';
import { ok, problem, warning, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';

export const settingsCheck: Check = { name: 'settings', look };

async function look({ deployment, home, services }: Machine): Promise<Verdict> {
  let local: LocalConfig | undefined;
  try {
    local = await readLocalConfig(home);
  } catch (error) {
    return problem(
      `local.json in ${home}, which holds the secrets, cannot be read: ${(error as Error).message}.`,
      `Put back the local.json of your backup into ${home}.`,
    );
  }
  let given: Record<string, string>;
  try {
    given = resolveEnvironment(deployment.sources);
  } catch (error) {
    return problem((error as Error).message, 'spikectl config show');
  }
  const isRunning = (await services()).some((service) => service.pids.length > 0);
  return judgeSettings({ given, inForce: isRunning ? (local?.environment ?? {}) : undefined });
}

/** @param inForce what the running services were started with; undefined when none runs */
export function judgeSettings(facts: {
  given: Readonly<Record<string, string>>;
  inForce: Readonly<Record<string, string>> | undefined;
}): Verdict {
  const { given, inForce } = facts;
  const count = Object.keys(given).length;
  const waiting = inForce === undefined ? [] : Object.keys(given).filter((name) => given[name] !== inForce[name]);
  if (waiting.length > 0) {
    return warning(`The services run without the value now given to ${waiting.join(', ')}.`, 'spikectl daemon restart');
  }
  return ok(count === 0 ? 'All have their defaults.' : `${count} given, all of them valid.`);
}
