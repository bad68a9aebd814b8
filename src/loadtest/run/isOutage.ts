import { ServiceRefusal, ServiceUnreachable } from '../../client/errors.js';

/** Whether asking again may help: nobody answered, or a service that could not. */
export function isOutage(error: unknown): error is Error {
  return error instanceof ServiceUnreachable || (error instanceof ServiceRefusal && error.status >= 500);
}
