import type { Outcomes, StaffEventView } from '../../domain/wire.js';
import type { Paint, Style } from '../style.js';

/** Cells of the longest bar. */
const BAR_WIDTH = 20;
/** Parts of a cell that a character can fill. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

const styles: Readonly<Partial<Record<keyof Outcomes, Style>>> = {
  accepted: 'green',
  pending: 'green',
  overloaded: 'yellow',
  error: 'red',
};

/**
 * How the purchases were answered: counts, shares with a bar each, and answers a second in each window of the rates.
 *
 * @returns what stands in place of the table while nothing has been answered
 */
export function funnelText({ outcomes, rates }: Pick<StaffEventView, 'outcomes' | 'rates'>, paint: Paint): string {
  if (outcomes === null) return 'unknown (Redis does not answer)';
  const names = Object.keys(outcomes) as (keyof Outcomes)[];
  const total = names.reduce((sum, name) => sum + outcomes[name], 0);
  if (total === 0) return 'none yet';
  const windows = rates ?? [];
  const rows = names.map((name) => [
    name,
    String(outcomes[name]),
    percent(outcomes[name] / total),
    ...windows.map(({ perSecond }) => `${rateText(perSecond[name])}/s`),
  ]);
  const head = ['', 'TOTAL', 'SHARE', ...windows.map(({ windowSeconds }) => `${windowSeconds} S`)];
  const sums = ['all', String(total), '', ...windows.map(({ perSecond }) => `${rateText(sumOf(perSecond))}/s`)];
  const widths = head.map((_title, column) =>
    Math.max(...[head, ...rows, sums].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ');
  return [
    paint('dim', line(head)),
    ...rows.map((row, index) => {
      const name = names[index]!;
      const cells = `${line(row)}  ${paint(styles[name] ?? 'cyan', bar(outcomes[name] / total))}`;
      return outcomes[name] === 0 ? paint('dim', cells.trimEnd()) : cells.trimEnd();
    }),
    line(sums),
  ].join('\n');
}

export function sumOf(outcomes: Outcomes): number {
  return Object.values(outcomes as unknown as Record<string, number>).reduce((sum, count) => sum + count, 0);
}

/** 0.25 → `0.3`, 1234.5 → `1235`: a tenth matters where little happens. */
export function rateText(perSecond: number): string {
  return perSecond < 10 ? String(Math.round(perSecond * 10) / 10) : String(Math.round(perSecond));
}

/** What is not nothing is never shown as 0 %. */
function percent(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %';
  return `${(share * 100).toFixed(1)} %`;
}

function bar(share: number): string {
  const eighths = share === 0 ? 0 : Math.max(1, Math.round(share * BAR_WIDTH * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}
