import { useDesk } from '../../desk/useDesk.js';
import { useNow } from '../../desk/useNow.js';
import { common } from '../../text/common.js';

const STALE_AFTER_MS = 3_000;

/** How old the live data is. That the connection is lost is said aloud, and once; the seconds are for the eyes. */
export function LiveStrip() {
  const { live } = useDesk();
  useNow();
  const isKnown = live.frame.value !== undefined;
  const ageMs = Math.max(0, performance.now() - live.receivedAtMs.value);
  const isStale = isKnown && (!live.isConnected.value || ageMs > STALE_AFTER_MS);
  const seconds = (ageMs / 1_000).toFixed(ageMs < 10_000 ? 1 : 0);
  return (
    <section class={`live-strip ${isStale ? 'stale' : isKnown ? 'fresh' : ''}`} aria-label={common.live.name}>
      <span role="status">{isStale && common.live.stale}</span>
      <span>{isStale ? common.live.age(seconds) : isKnown ? common.live.fresh(seconds) : common.live.waiting}</span>
    </section>
  );
}
