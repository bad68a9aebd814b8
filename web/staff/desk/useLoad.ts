import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { LoggedOut } from '../../src/api/failures.js';
import { useDesk } from './useDesk.js';

export interface Loaded<T> {
  /** The newest answer; it stays while the next one is waited for, and when that one fails. */
  data: T | undefined;
  failure: unknown;
  isLoading: boolean;
  reload(): void;
  /** Takes what another answer has said. */
  set(data: T): void;
}

/**
 * Asks when the view appears, when one of `inputs` changes, and after logging in again.
 *
 * @param options.everyMs asks again and again
 */
export function useLoad<T>(
  load: () => Promise<T>,
  inputs: readonly unknown[],
  { everyMs }: { everyMs?: number } = {},
): Loaded<T> {
  const { session } = useDesk();
  const isLost = session.isLost.value;
  const [state, setState] = useState<Pick<Loaded<T>, 'data' | 'failure' | 'isLoading'>>({
    data: undefined,
    failure: undefined,
    isLoading: true,
  });
  const turn = useRef(0);
  const newest = useRef(load);
  newest.current = load;

  const reload = useCallback(() => {
    const mine = (turn.current += 1);
    setState((before) => ({ ...before, isLoading: true }));
    newest.current().then(
      (data) => turn.current === mine && setState({ data, failure: undefined, isLoading: false }),
      (failure: unknown) => {
        if (turn.current !== mine) return;
        const isWaiting = failure instanceof LoggedOut;
        setState((before) => ({ ...before, failure: isWaiting ? undefined : failure, isLoading: false }));
      },
    );
  }, []);
  const set = useCallback((data: T) => {
    turn.current += 1;
    setState({ data, failure: undefined, isLoading: false });
  }, []);

  useEffect(() => {
    if (!isLost) reload();
    if (isLost || everyMs === undefined) return undefined;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [...inputs, isLost, everyMs]);
  useEffect(() => () => void (turn.current += 1), []);

  return { ...state, reload, set };
}
