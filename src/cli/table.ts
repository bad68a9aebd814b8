import { Flags } from '@oclif/core';
import { usageError } from './errors.js';
import { nearest } from './nearest.js';
import type { Output } from './output.js';
import type { Paint } from './style.js';

export type Cell = string | number | boolean | null;

/** One column of a list. Its name is what `--columns`, `--sort` and `--filter` take, and equals the field under `--json`. */
export interface Column<Row> {
  name: string;
  /** What is sorted, filtered and written as CSV. */
  value: (row: Row) => Cell;
  /** What stands above it, when that is not the name. */
  heading?: string;
  /** What a person reads, when that is not the value itself. */
  show?: (row: Row, paint: Paint) => string;
  /** Shown only when `--columns` names it. */
  extra?: true;
}

/** The flags of every command that prints a list. */
export const tableFlags = {
  columns: Flags.string({ helpGroup: 'TABLE', helpValue: 'A,B', description: 'Columns to show, in this order' }),
  sort: Flags.string({ helpGroup: 'TABLE', helpValue: 'A,-B', description: 'Columns to sort by; - for descending' }),
  filter: Flags.string({
    helpGroup: 'TABLE',
    helpValue: 'COLUMN=VALUE',
    multiple: true,
    description: 'Rows to show: =, != (equal), ~ (contains), <, <=, >, >=; all of several must hold',
  }),
  csv: Flags.boolean({ helpGroup: 'TABLE', exclusive: ['json'], description: 'Print comma-separated values' }),
};

export interface TableFlags {
  columns?: string | undefined;
  sort?: string | undefined;
  filter?: string[] | undefined;
  csv?: boolean | undefined;
}

/**
 * Filters and sorts the rows, prints them and returns them, so that `--json` shows the same rows in the same order.
 *
 * @param nothing what is said on stderr when no row is left
 */
export async function printTable<Row>(
  rows: readonly Row[],
  {
    columns,
    flags,
    out,
    nothing,
  }: { columns: readonly Column<Row>[]; flags: TableFlags; out: Output; nothing: string },
): Promise<Row[]> {
  const shown = selectColumns(columns, flags.columns);
  const selected = selectRows(rows, columns, flags);
  if (out.mode.json) return selected;
  if (flags.csv === true) {
    out.result(csvText(selected, shown));
    return selected;
  }
  if (selected.length === 0) {
    out.info(rows.length === 0 ? nothing : `None of the ${rows.length} rows passes --filter.`);
    return selected;
  }
  const { layOut } = await import('./layOut.js');
  const cells = selected.map((row) => shown.map((column) => text(row, column, out.paint)));
  const alignRight = shown.map((column) => selected.every((row) => isNumeric(column.value(row))));
  out.result(
    layOut({
      head: shown.map((column) => out.paint('dim', column.heading ?? heading(column.name))),
      cells,
      alignRight,
      widthColumns: out.widthColumns,
    }),
  );
  return selected;
}

/** `reservedAt` → `RESERVED AT` */
function heading(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toUpperCase();
}

function text<Row>(row: Row, column: Column<Row>, paint: Paint): string {
  if (column.show !== undefined) return column.show(row, paint);
  const value = column.value(row);
  if (value === null) return '-';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function isNumeric(value: Cell): boolean {
  return typeof value === 'number' || value === null;
}

function findColumn<Row>(columns: readonly Column<Row>[], name: string, flag: string): Column<Row> {
  const wanted = name.trim().toLowerCase();
  const column = columns.find((one) => [one.name, one.heading].some((known) => known?.toLowerCase() === wanted));
  if (column !== undefined) return column;
  const names = columns.map((one) => one.name);
  const meant = nearest(wanted, names);
  throw usageError(
    `${flag}: there is no column '${name.trim()}'.`,
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    `The columns are ${names.join(', ')}.`,
  );
}

function selectColumns<Row>(columns: readonly Column<Row>[], wanted: string | undefined): readonly Column<Row>[] {
  if (wanted === undefined) return columns.filter((column) => column.extra !== true);
  return wanted.split(',').map((name) => findColumn(columns, name, '--columns'));
}

function selectRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], flags: TableFlags): Row[] {
  const conditions = (flags.filter ?? []).map((filter) => parseFilter(columns, filter));
  const keys = (flags.sort ?? '').split(',').filter(Boolean);
  const order = keys.map((key) => ({
    column: findColumn(columns, key.replace(/^-/, ''), '--sort'),
    sign: key.startsWith('-') ? -1 : 1,
  }));
  return rows
    .filter((row) => conditions.every((holds) => holds(row)))
    .sort((a, b) => {
      for (const { column, sign } of order) {
        const difference = compare(column.value(a), column.value(b));
        if (difference !== 0) return sign * difference;
      }
      return 0;
    });
}

function parseFilter<Row>(columns: readonly Column<Row>[], filter: string): (row: Row) => boolean {
  const match = /^\s*([A-Za-z]+)\s*(!=|<=|>=|=|~|<|>)\s*(.*)$/s.exec(filter);
  if (match === null) throw usageError(`--filter: '${filter}' is not a condition.`, '--filter state=open');
  const [, name = '', operator = '', wanted = ''] = match;
  const column = findColumn(columns, name, '--filter');
  return (row) => {
    const value = column.value(row);
    if (operator === '~') return String(value).toLowerCase().includes(wanted.toLowerCase());
    const difference = compare(value, typeof value === 'number' ? Number(wanted) : wanted);
    if (operator === '=') return difference === 0;
    if (operator === '!=') return difference !== 0;
    if (value === null) return false;
    if (operator === '<') return difference < 0;
    if (operator === '<=') return difference <= 0;
    if (operator === '>') return difference > 0;
    return difference >= 0;
  };
}

/** Numbers by size, text without regard to case and with numbers in it by size (`9` before `10`), null last. */
function compare(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** RFC 4180, with the column names as they are under `--json`. */
function csvText<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = rows.map((row) => columns.map((column) => csvCell(column.value(row))).join(','));
  return [columns.map(({ name }) => name).join(','), ...lines].join('\n');
}

function csvCell(value: Cell): string {
  const plain = value === null ? '' : String(value);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
