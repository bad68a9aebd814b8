import { forgetHome } from './forgetHome.js';
import type { LocalDeployment } from './localDeployment.js';
import { stopMiddleware } from './middleware/stopMiddleware.js';
import { storeTitles, type StoreName } from './middleware/store.js';
import { stopServices } from './services/stopServices.js';
import type { RunSteps } from './step.js';

export interface BroughtDown {
  /** Whether services were running. */
  services: boolean;
  /** Private stores that were running. */
  middleware: readonly StoreName[];
  purged: boolean;
}

/**
 * Stops everything that `up` started on this machine and leaves neither process nor port: first the services, so that they
 * can finish what they began, then the private stores. Stores that were handed in are not touched.
 *
 * @param options.purge also forgets the data, the passwords and the accounts
 */
export async function bringDown(options: {
  deployment: LocalDeployment;
  runSteps: RunSteps;
  purge: boolean;
}): Promise<BroughtDown> {
  const { deployment, runSteps, purge } = options;
  const { home } = deployment;
  let services = false;
  let middleware: readonly StoreName[] = [];
  await runSteps([
    {
      title: 'Stopping the services',
      async run() {
        services = await stopServices({ home });
        return services ? 'Stopped the services' : 'The services were not running';
      },
    },
    {
      title: 'Stopping the private middleware',
      async run(say) {
        const report = ({ store, message }: { store: StoreName | null; message: string }) =>
          say(store === null ? message : `${storeTitles[store]} ${message}`);
        middleware = await stopMiddleware({ home, report, purge });
        if (purge) await forgetHome(home);
        return middleware.length === 0 ? 'No private middleware was running' : 'Stopped the private middleware';
      },
    },
  ]);
  return { services, middleware, purged: purge };
}
