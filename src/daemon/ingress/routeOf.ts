import type { ServiceName } from '../services/processNames.js';

/**
 * Which service a path belongs to. The access service is internal and no path leads to it; what says how a service does
 * (`/readyz`, `/metrics`) is for the machine that it runs on, not for the public.
 *
 * @returns null for what is never routed
 */
export function routeOf(url: string): ServiceName | null {
  const path = url.split('?', 1)[0] ?? '';
  const first = path.split('/', 2)[1] ?? '';
  switch (first) {
    case 'spike':
    case 'order':
    case 'admin':
      return first;
    case 'access':
    case 'readyz':
    case 'metrics':
      return null;
    default:
      return 'user';
  }
}
