/** Rows asked for at once, as many as a page of the services holds. */
const PAGE_ROWS = 100;

export interface Listed<Row> {
  rows: Row[];
  /** There are more than were asked for. */
  more: boolean;
}

/**
 * Follows the pages of a list until there are no more or enough.
 *
 * @param rowsMax Infinity for all
 */
export async function listAll<Row>(
  fetchPage: (page: { limit: number; cursor: string | undefined }) => Promise<{ rows: Row[]; next: string | null }>,
  rowsMax: number,
): Promise<Listed<Row>> {
  const rows: Row[] = [];
  for (let cursor: string | undefined; ;) {
    // One row beyond what was asked for tells whether there are more: a full page may be the last one.
    const page = await fetchPage({ limit: Math.min(PAGE_ROWS, rowsMax + 1 - rows.length), cursor });
    rows.push(...page.rows);
    if (rows.length > rowsMax) return { rows: rows.slice(0, rowsMax), more: true };
    if (page.next === null) return { rows, more: false };
    cursor = page.next;
  }
}
