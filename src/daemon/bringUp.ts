import { ensureFirstAdmin } from './ensureFirstAdmin.js';
import { ensureCredentials, type Credentials } from './credentials.js';
import { readLocalConfig, resolveEnvironment, writeLocalConfig, type LocalConfig } from './localConfig.js';
import type { LocalDeployment } from './localDeployment.js';
import type { StoreName } from './middleware/store.js';
import { migrateDatabase } from './migrateDatabase.js';
import { obtainMiddleware } from './obtainMiddleware.js';
import { checkPorts, LEFTOVER_PATIENCE_MS } from './services/checkPorts.js';
import { findPm2Daemon } from './services/pm2Daemon.js';
import { processNames, type ProcessName } from './services/processNames.js';
import { servicesStatus } from './services/servicesStatus.js';
import { startServices } from './services/startServices.js';
import type { RunSteps } from './step.js';

export interface BroughtUp {
  /** What this call started; nothing of it was running before. */
  startedStores: readonly StoreName[];
  startedProcesses: readonly ProcessName[];
  credentials: Credentials;
  credentialsAreNew: boolean;
  /** Environment variables of settings that differ from those that the running services were started with. */
  changedSettings: readonly string[];
}

/**
 * Makes the whole system run on this machine: stores, schema, first admin, services and ingress. Each part that is there
 * already is left alone, so it can be called at any time.
 */
export async function bringUp(options: {
  deployment: LocalDeployment;
  runSteps: RunSteps;
  mayInstall: ((what: string) => Promise<void>) | null;
}): Promise<BroughtUp> {
  const { deployment, runSteps } = options;
  await checkBeforehand(deployment);
  const { urls, started } = await obtainMiddleware(options);
  const { local, changedSettings } = await settle(deployment);
  const { credentials, areNew } = await ensureCredentials(deployment.home);
  let startedProcesses: readonly ProcessName[] = [];
  await runSteps([
    {
      title: 'Bringing the schema up to date',
      async run() {
        const applied = await migrateDatabase(deployment);
        await ensureFirstAdmin(deployment, credentials.admin);
        return applied.length === 0 ? 'The schema was up to date' : `Applied ${applied.join(', ')}`;
      },
    },
    {
      title: 'Starting the services',
      async run(say) {
        startedProcesses = await startServices({ home: deployment.home, local, storeUrls: urls, report: say });
        return startedProcesses.length === 0
          ? 'The services were already running'
          : `Started ${startedProcesses.join(', ')}`;
      },
    },
  ]);
  return { startedStores: started, startedProcesses, credentials, credentialsAreNew: areNew, changedSettings };
}

/** What would stop the services at the end stops us before anything is started or installed. */
async function checkBeforehand({ home, sources }: LocalDeployment): Promise<void> {
  const given = resolveEnvironment(sources);
  if ((await findPm2Daemon(home)) !== undefined) return;
  await checkPorts({ names: processNames, given, patienceMs: LEFTOVER_PATIENCE_MS });
}

/**
 * Which settings count. While services run, those that they were started with: half a system on new ports would not meet its
 * other half. What differs is reported instead.
 */
async function settle(
  deployment: LocalDeployment,
): Promise<{ local: LocalConfig; changedSettings: readonly string[] }> {
  const { home, sources } = deployment;
  const running = (await servicesStatus(home)).some((service) => service.status === 'online');
  const local = running ? await readLocalConfig(home) : undefined;
  if (local === undefined) return { local: await writeLocalConfig(home, sources), changedSettings: [] };
  const wanted = resolveEnvironment(sources);
  const names = new Set([...Object.keys(wanted), ...Object.keys(local.environment)]);
  const changedSettings = [...names].filter((name) => wanted[name] !== local.environment[name]);
  return { local, changedSettings };
}
