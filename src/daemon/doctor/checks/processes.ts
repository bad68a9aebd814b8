import { startDaemon } from '../../startDaemon.js';
import type { ServiceStatus } from '../../services/servicesStatus.js';
import { ok, problem, skipped, warning, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';

export const processesCheck: Check = {
  name: 'processes',
  look: async ({ services, wasStarted }) => judgeProcesses(await services(), wasStarted),
  mend: { stage: 'services', run: start },
};

/** What pm2 says of the services and the ingress. */
export function judgeProcesses(
  services: readonly Pick<ServiceStatus, 'name' | 'status' | 'restarts'>[],
  wasStarted: boolean,
): Verdict {
  if (!wasStarted) return skipped('Nothing was ever started here.', 'spikectl up');
  const down = services.filter(({ status }) => status !== 'online');
  const [first] = down;
  if (first !== undefined) {
    const failed = down.find(({ status }) => status === 'errored' || status === 'restarting');
    const evidence = `Not online: ${down.map(({ name, status }) => `${name} (${status})`).join(', ')}.`;
    if (failed !== undefined) return problem(evidence, `spikectl daemon logs ${failed.name}`);
    return problem(evidence, 'spikectl daemon', true);
  }
  const restarted = services.filter(({ restarts }) => restarts > 0);
  if (restarted.length > 0) {
    const list = restarted.map(({ name, restarts }) => `${name} ${restarts}`).join(', ');
    return warning(
      `All online; restarts (reloads count as well) since the last start: ${list}.`,
      `spikectl daemon logs ${restarted[0]!.name}`,
    );
  }
  return ok(`${services.length} online under pm2, no restarts.`);
}

async function start({ deployment }: Machine): Promise<string> {
  const started = await startDaemon({ deployment, report: () => undefined });
  return started.length === 0 ? 'The services were running by then' : `Started ${started.join(', ')}`;
}
