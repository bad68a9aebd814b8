import { z } from 'zod';
import { isId } from '../domain/id.js';

/** Rows in one page at most: some screens of them, and still a few milliseconds of MySQL. */
const PAGE_SIZE_MAX = 100;
const PAGE_SIZE_DEFAULT = 50;

export const idSchema = z
  .string()
  .refine(isId, 'must be an id')
  .meta({ id: 'Id', description: 'An id as an answer gave it.', pattern: '^[1-9][0-9]{0,18}$', examples: ['7'] });

/** A yes or no in a query string. */
export const flagSchema = z.stringbool().meta({ enum: ['true', 'false'] });

/** A moment with its zone, so that it is the same one on every machine; its milliseconds since 1970 UTC. */
export const timeSchema = z.iso
  .datetime({ offset: true, error: 'must be a time like 2030-01-31T12:00:00Z' })
  .transform(Date.parse)
  .meta({ description: 'A time with its zone.', examples: ['2030-01-31T12:00:00Z'] });

/** The query of lists with the newest first, whose cursor is the id of the last row of the page before. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT).describe('How many at most.'),
  cursor: z
    .string()
    .refine(isId, 'must be the "next" of a page')
    .optional()
    .describe('The `next` of the page before; without it the newest come first.'),
};

/** The page's own words for the stores. */
export function toRange({ limit, cursor }: { limit: number; cursor?: string | undefined }) {
  return cursor === undefined ? { limit } : { limit, beforeId: cursor };
}

/** The cursor of the next page; null when this one was not full. */
export function nextCursor(rows: readonly { id: string }[], limit: number): string | null {
  return rows.length < limit ? null : (rows.at(-1)?.id ?? null);
}

/** Lists without a filter. */
export const pageSchema = z.strictObject(pageFields);
