import { startedEnvironment, type LocalDeployment } from './localDeployment.js';
import { middlewareStatus, type MiddlewareStatus } from './middleware/middlewareStatus.js';
import type { ServiceName } from './services/processNames.js';
import { servicesStatus, type ServiceStatus } from './services/servicesStatus.js';

/** What `spikectl status --json` prints. */
export interface SystemStatus {
  services: readonly (ServiceStatus & { name: ServiceName })[];
  ingress: ServiceStatus;
  middleware: readonly MiddlewareStatus[];
  /** One URL for the page and all public routes. */
  ingressUrl: string;
}

/** How everything that `up` starts on this machine does, found by asking it. */
export async function systemStatus(deployment: LocalDeployment): Promise<SystemStatus> {
  const { home } = deployment;
  const [processes, middleware] = await Promise.all([
    servicesStatus(home),
    middlewareStatus({ home, environment: await startedEnvironment(deployment) }),
  ]);
  const ingress = processes.find((process) => process.name === 'ingress');
  if (ingress === undefined) throw new Error('The ingress is missing from the list of processes.');
  const services = processes.filter(isService);
  return { services, ingress, middleware, ingressUrl: ingress.url };
}

/** Whether every part of it does its work. */
export function isAllUp(status: SystemStatus): boolean {
  const processes = [...status.services, status.ingress];
  return (
    processes.every((process) => process.status === 'online') &&
    status.middleware.every((store) => store.status === 'running')
  );
}

function isService(process: ServiceStatus): process is ServiceStatus & { name: ServiceName } {
  return process.name !== 'ingress';
}
