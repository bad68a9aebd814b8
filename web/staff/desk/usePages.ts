import { useEffect, useState } from 'preact/hooks';
import { useLoad } from './useLoad.js';

interface Pages<Row> {
  rows: readonly Row[];
  /** Whether the first page has been seen. */
  isKnown: boolean;
  failure: unknown;
  isLoading: boolean;
  /** Asks for the next page; undefined when there is none. */
  more: (() => void) | undefined;
  reload(): void;
}

/** A list that grows page by page. It begins anew when one of `inputs` changes. */
export function usePages<Row>(
  load: (cursor: string | undefined) => Promise<{ rows: Row[]; next: string | null }>,
  inputs: readonly unknown[],
): Pages<Row> {
  const [cursor, setCursor] = useState<string>();
  const [before, setBefore] = useState<readonly Row[]>([]);
  useEffect(() => restart(), inputs);
  const page = useLoad(() => load(cursor), [...inputs, cursor]);
  const { data } = page;
  const rows = data === undefined ? before : [...before, ...data.rows];

  return {
    rows,
    isKnown: data !== undefined,
    failure: page.failure,
    isLoading: page.isLoading,
    more: data === undefined || data.next === null ? undefined : () => next(data.next!),
    reload() {
      restart();
      page.reload();
    },
  };

  function restart(): void {
    setCursor(undefined);
    setBefore([]);
  }

  function next(after: string): void {
    setBefore(rows);
    page.set({ rows: [], next: null });
    setCursor(after);
  }
}
