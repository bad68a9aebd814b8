import type { ComponentChildren } from 'preact';
import { common } from '../text/common.js';
import { Button } from './Button.js';
import { Failure } from './Failure.js';

export interface Column<Row> {
  name: string;
  heading: string;
  cell: (row: Row) => ComponentChildren;
  isNumber?: boolean;
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
              {columns.map(({ name, heading, isNumber }) => (
                <th key={name} scope="col" class={isNumber === true ? 'number' : undefined}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ name, heading, cell, isNumber }) => (
                  <td key={name} data-label={heading} class={isNumber === true ? 'number' : undefined}>
                    {cell(row)}
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
