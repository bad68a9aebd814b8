import { Flags } from '@oclif/core';

/** How many rows a list shows when it is not told: what a person still reads, and one page. */
const ROWS_DEFAULT = 100;

/** The flags of lists that can be long. */
export const pagingFlags = {
  limit: Flags.integer({ min: 1, default: ROWS_DEFAULT, description: 'How many to show, the newest first' }),
  all: Flags.boolean({ description: 'Show all, however many' }),
};

export function rowsMax({ limit, all }: { limit: number; all: boolean }): number {
  return all ? Number.POSITIVE_INFINITY : limit;
}
