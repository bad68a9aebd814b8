import { ensureCredentials } from './credentials.js';
import { ensureFirstAdmin } from './ensureFirstAdmin.js';
import type { LocalDeployment } from './localDeployment.js';
import { resetDatabase } from './resetDatabase.js';
import { servicesStatus } from './services/servicesStatus.js';
import { stopServices } from './services/stopServices.js';
import { startDaemon } from './startDaemon.js';
import type { RunSteps } from './step.js';

/** Empties the stores. Services that run are stopped before and started after, so that none keeps what is gone. */
export async function resetSystem(options: { deployment: LocalDeployment; runSteps: RunSteps }): Promise<void> {
  const { deployment, runSteps } = options;
  const { home } = deployment;
  const wereRunning = (await servicesStatus(home)).some((service) => service.pids.length > 0);
  const stop = {
    title: 'Stopping the services',
    run: async () => {
      await stopServices({ home });
    },
  };
  const reset = {
    title: 'Emptying the stores',
    run: async () => {
      await resetDatabase(deployment);
      await ensureFirstAdmin(deployment, (await ensureCredentials(home)).credentials.admin);
      return 'Emptied the stores; the schema is of today, the first admin exists';
    },
  };
  const start = {
    title: 'Starting the services',
    run: async (say: (text: string) => void) => {
      await startDaemon({ deployment, report: say });
    },
  };
  await runSteps(wereRunning ? [stop, reset, start] : [reset]);
}
