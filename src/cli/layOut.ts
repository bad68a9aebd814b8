import Table from 'cli-table3';
import stringWidth from 'string-width';

/** Columns between two cells. */
const GAP = 2;
/** No cell is cut shorter than this: below it a line may as well wrap. */
const CELL_WIDTH_MIN = 8;

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
};

export interface TableText {
  head: string[];
  cells: string[][];
  alignRight: boolean[];
  /** Width of the terminal; undefined where nothing has to be cut. */
  widthColumns: number | undefined;
}

/** Sets a table without borders, one line a row. On a terminal the widest columns are cut until a row fits its line. */
export function layOut({ head, cells, alignRight, widthColumns }: TableText): string {
  const widths = head.map((title, index) =>
    Math.max(stringWidth(title), ...cells.map((row) => stringWidth(row[index] ?? ''))),
  );
  if (widthColumns !== undefined) shrink(widths, widthColumns - GAP * (widths.length - 1));
  const table = new Table({
    head,
    colWidths: widths,
    colAligns: alignRight.map((right) => (right ? 'right' : 'left')),
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  table.push(...cells.map((row) => row.map((cell) => cell.replace(/\s+/g, ' '))));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function shrink(widths: number[], room: number): void {
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= CELL_WIDTH_MIN) return;
    widths[widest] = width - 1;
    over -= 1;
  }
}
