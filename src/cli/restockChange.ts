import { usageError } from './errors.js';

/** What `event restock` was given: `--by +50`, `--by -20` or `--to 500`. */
export interface RestockFlags {
  by?: number | undefined;
  to?: number | undefined;
}

/** @throws a usage error when neither or both were given, or nothing would change */
export function restockChange({ by, to }: RestockFlags): { by: number } | { quantity: number } {
  const hint = 'Give --by 50 (more), --by=-20 (fewer) or --to 500.';
  if (by === undefined && to === undefined) throw usageError('How many units is missing.', hint);
  if (by !== undefined && to !== undefined) throw usageError('--by and --to cannot be given together.', hint);
  if (by === 0) throw usageError('--by 0 changes nothing.', hint);
  return to === undefined ? { by: by! } : { quantity: to };
}
