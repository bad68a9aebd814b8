/** What each store must be at least, and what for. `docs/operating.md` says the same. */
const floors = {
  mysql: { floor: '8.0.16', why: 'CHECK constraints' },
  mariadb: { floor: '10.6.0', why: 'SKIP LOCKED' },
  redis: { floor: '6.0.0', why: 'its protocol RESP3' },
  rabbitmq: { floor: '3.10.0', why: 'dead-lettering at least once' },
} as const;

/** Why a store of this version cannot be used; undefined when it can. A version that nobody can read is taken as fit. */
export function versionFault(kind: keyof typeof floors, version: string): string | undefined {
  const { floor, why } = floors[kind];
  return isAtLeast(version, floor) ? undefined : `${version} is older than ${floor} (${why})`;
}

/** By numbers, from the left; what follows the third one does not count. */
export function isAtLeast(version: string, floor: string): boolean {
  const [have, want] = [numbersOf(version), numbersOf(floor)];
  if (have === undefined || want === undefined) return true;
  for (const [index, wanted] of want.entries()) {
    const had = have[index] ?? 0;
    if (had !== wanted) return had > wanted;
  }
  return true;
}

function numbersOf(version: string): number[] | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  return match === null ? undefined : match.slice(1).map((part) => Number(part ?? 0));
}
