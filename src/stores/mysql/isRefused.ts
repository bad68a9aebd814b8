/**
 * The errors by which MySQL or MariaDB says that this very row can never be stored: a CHECK (3819, 4025), a value that does
 * not fit (1264, 1366, 1406), a parent that does not exist (1452). Every other error is the server's own trouble (a full
 * disk, read-only, a schema that is not there yet), and the same row may be stored later.
 */
const REFUSALS: ReadonlySet<unknown> = new Set([3819, 4025, 1264, 1366, 1406, 1452]);

/** Whether the database refused the data themselves, so that trying again cannot help. */
export function isRefused(error: unknown): boolean {
  const parent: unknown = error instanceof Error && 'parent' in error ? error.parent : undefined;
  return parent instanceof Error && 'errno' in parent && REFUSALS.has(parent.errno);
}

/** Whether an error comes from the database at all. */
export function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && error.name.startsWith('Sequelize');
}
