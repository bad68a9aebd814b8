import { formatCountdown } from '../../src/text/formatCountdown.js';
import { useDesk } from '../desk/useDesk.js';
import { useNow } from '../desk/useNow.js';
import { liveTexts } from '../text/live.js';

/** How long until a sale starts or ends, by the clock of the services. */
export function Countdown({ startsAt, endsAt }: { startsAt: string; endsAt: string }) {
  const { live } = useDesk();
  useNow();
  const nowMs = live.nowMs();
  const untilStartMs = Date.parse(startsAt) - nowMs;
  const untilEndMs = Date.parse(endsAt) - nowMs;
  if (untilEndMs <= 0) return <span class="countdown">{liveTexts.over}</span>;
  const [label, leftMs] =
    untilStartMs > 0 ? [liveTexts.startsIn, untilStartMs] : ([liveTexts.endsIn, untilEndMs] as const);
  return (
    <span class="countdown" role="timer">
      {label} <strong>{formatCountdown(leftMs)}</strong>
    </span>
  );
}
