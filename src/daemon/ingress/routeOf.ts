import type { ServiceName } from '../services/processNames.js';

/** Wherever it stands in what was asked for: that may also be a whole URL. */
const INTERNAL = /\/users\/+internal(?:\/|$)/;

/**
 * Which service a path belongs to. The access service and the internal routes of the others (`/users/internal/…`) are for the
 * services alone and no path leads to them; what says how a service does (`/readyz`, `/metrics`) is for the machine that it
 * runs on, not for the public. The path is read as a service reads it, with its escapes undone.
 *
 * @returns null for what is never routed
 */
export function routeOf(url: string): ServiceName | null {
  const path = decode(url.split('?', 1)[0] ?? '');
  if (path === undefined) return 'user';
  if (INTERNAL.test(path)) return null;
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

/** Undefined for what cannot be undone: no service finds a route for it either. */
function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
