import type { ComponentChildren } from 'preact';
import { common } from '../text/common.js';
import { Button } from './Button.js';
import { Failure } from './Failure.js';

export interface Column<Row> {
  name: string;
  heading: string;
  cell: (row: Row) => ComponentChildren;
  isNumber?: boolean;
  /** Words of a known length: none of them is broken. */
  isWord?: boolean;
}

interface DataTableProps<Row> {
  /** What it lists, for whoever hears it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  empty?: string | undefined;
  isKnown?: boolean;
  isLoading?: boolean;
  failure?: unknown;
  onRetry?: () => void;
  more?: (() => void) | undefined;
  /** A few short columns, mostly numbers: they stay a table on a phone too. */
  isCompact?: boolean;
}

/** Rows and columns; on a phone each row is a card that names its fields, unless the table is compact. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    caption,
    columns,
    rows,
    keyOf,
    empty = common.empty,
    isKnown = true,
    isLoading,
    failure,
    more,
    isCompact,
  } = props;
  return (
    <>
      <Failure failure={failure} {...(props.onRetry === undefined ? {} : { onRetry: props.onRetry })} />
      {rows.length > 0 && (
        <table class={isCompact === true ? 'table compact' : 'table'}>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" class={classOf(column)}>
                  {column.heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column) => (
                  <td key={column.name} data-label={column.heading} class={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length === 0 && failure === undefined && (
        <p class="placeholder">{isKnown && isLoading !== true ? empty : common.loading}</p>
      )}
      {more !== undefined && (
        <Button kind="quiet" onPress={more}>
          {common.more}
        </Button>
      )}
    </>
  );
}

function classOf<Row>({ isNumber, isWord }: Column<Row>): string | undefined {
  if (isNumber === true) return 'number';
  return isWord === true ? 'word' : undefined;
}
