const thisMachine: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function isOnThisMachine(url: string): boolean {
  return thisMachine.has(new URL(url).hostname);
}
