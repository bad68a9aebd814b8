import { describe, expect, it } from '@jest/globals';
import { listAll } from './listAll.js';

const total = 250;

/** Pages of at most 100 numbers, as the services cut them. */
async function numbers({ limit, cursor }: { limit: number; cursor: string | undefined }) {
  const start = Number(cursor ?? 0);
  const end = Math.min(total, start + Math.min(limit, 100));
  const rows = Array.from({ length: end - start }, (_, index) => start + index);
  return { rows, next: rows.length < Math.min(limit, 100) ? null : String(end) };
}

describe('a long list', () => {
  it('is whole when all is asked for', async () => {
    const { rows, more } = await listAll(numbers, Number.POSITIVE_INFINITY);
    expect(rows).toEqual(Array.from({ length: total }, (_, index) => index));
    expect(more).toBe(false);
  });

  it('says that there is more when it was cut', async () => {
    expect(await listAll(numbers, 3)).toEqual({ rows: [0, 1, 2], more: true });
    expect(await listAll(numbers, 150)).toMatchObject({ rows: { length: 150 }, more: true });
    expect(await listAll(numbers, 250)).toMatchObject({ rows: { length: 250 }, more: false });
  });
});
