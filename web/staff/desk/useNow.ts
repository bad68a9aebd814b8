import { useEffect, useState } from 'preact/hooks';

const TICK_MS = 500;

/** Whoever calls it is drawn again twice a second, as what counts time must be. */
export function useNow(): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
}
