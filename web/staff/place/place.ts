import { signal } from '@preact/signals';

/** Where one is: `#/events/7?tab=rule` → path `['events', '7']`, query `tab=rule`. Behind the hash, so that the server has one page. */
export interface Place {
  path: readonly string[];
  query: URLSearchParams;
}

export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const parts = path.split('/').filter((part) => part !== '');
  return { path: parts.map(decode), query: new URLSearchParams(query) };
}

/** The address of a place, each part of the path as it is: ids and names may hold anything. */
export function href(path: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '') as [string, string][];
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  return `#/${path.map(encodeURIComponent).join('/')}${search}`;
}

/** The page is at one place, as the browser's address says. */
export const place = signal(readPlace(typeof location === 'undefined' ? '' : location.hash));

export function watchPlace(): void {
  addEventListener('hashchange', () => (place.value = readPlace(location.hash)));
}

export function goTo(path: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): void {
  location.hash = href(path, query);
}

/** Another view of the same place, which going back does not stop at. */
export function replaceQuery(query: Readonly<Record<string, string | undefined>>): void {
  history.replaceState(null, '', href(place.peek().path, query));
  place.value = readPlace(location.hash);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
