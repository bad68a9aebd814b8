import { describe, expect, test } from '@jest/globals';
import { COLUMNS_MIN, planLayout, ROWS_MIN, type Layout } from './layout.js';

const TITLE = 1;
const HEADER_AND_FOOTER = 2;
const FUNNEL = 9;

const part = (rows: number) => (rows === 0 ? 0 : rows + TITLE);

/** Lines that the overview takes with this layout. */
function linesOf(layout: Layout): number {
  const { isWide, alertRows, eventRows, processRows, logRows, rateChartRows, systemChartRows } = layout;
  const frame = HEADER_AND_FOOTER + alertRows;
  if (!isWide) return frame + eventRows + TITLE + Math.max(FUNNEL, 4 + processRows) + part(logRows);
  const left = part(eventRows) + TITLE + FUNNEL + part(rateChartRows) + part(logRows);
  const right = TITLE + 6 + part(processRows) + 2 * part(systemChartRows);
  return frame + Math.max(left, right);
}

describe('the layout', () => {
  test('never takes more lines than there are, whatever there is to show', () => {
    for (let rows = ROWS_MIN; rows <= 90; rows += 1)
      for (const columns of [COLUMNS_MIN, 80, 119, 120, 160, 250])
        for (const events of [1, 2, 20])
          for (const alerts of [1, 3, 12])
            for (const processes of [2, 7, 40])
              for (const log of [1, 20]) {
                const wanted = { alerts, events, processes, log };
                const layout = planLayout({ columns, rows }, wanted);
                const lines = linesOf(layout);
                const isShared = layout.leftColumns + 1 + layout.rightColumns === columns;
                const isThere = Object.values(layout).every((value) => typeof value === 'boolean' || value >= 0);
                if (lines > rows || !isShared || !isThere)
                  throw new Error(JSON.stringify({ columns, rows, wanted, layout, lines }));
              }
  });

  test('shows at 80×24 events, answers, every service, and the log', () => {
    const layout = planLayout({ columns: 80, rows: 23 }, { alerts: 1, events: 5, processes: 7, log: 20 });
    expect(layout).toMatchObject({ isWide: false, eventRows: 6, processRows: 5 });
    expect(layout.logRows).toBeGreaterThanOrEqual(2);
  });

  test('uses a large terminal for more than a small one', () => {
    const layout = planLayout({ columns: 160, rows: 49 }, { alerts: 1, events: 5, processes: 7, log: 20 });
    expect(layout).toMatchObject({ isWide: true, eventRows: 6, processRows: 7 });
    expect(layout.rateChartRows).toBeGreaterThan(5);
    expect(layout.systemChartRows).toBeGreaterThan(5);
    expect(layout.logRows).toBeGreaterThan(5);
  });
});
