/** The part of the page that the address names, after `#/`. */
export function currentRoute(): string {
  return location.hash.replace(/^#\/?/, '');
}

export function onRouteChange(listener: () => void): void {
  addEventListener('hashchange', listener);
}

/** Goes there without leaving the present place in the history. */
export function replaceRoute(route: string): void {
  history.replaceState(null, '', `#/${route}`);
}
