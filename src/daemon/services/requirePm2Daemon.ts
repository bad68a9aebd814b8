import { OperatorError } from '../operatorError.js';
import { findPm2Daemon } from './pm2Daemon.js';

/** @throws OperatorError when the services of this home do not run */
export async function requirePm2Daemon(home: string): Promise<void> {
  if (await findPm2Daemon(home)) return;
  throw new OperatorError({
    code: 'NOT_RUNNING',
    message: 'The services are not running.',
    suggestions: ['spikectl up', 'spikectl daemon'],
  });
}
