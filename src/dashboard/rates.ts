import type { Outcomes } from '../domain/wire.js';
import type { LiveEventView } from '../domain/wire/live.js';

/** Answers a second over the last ten seconds, as `event show` has them; undefined while Redis does not answer. */
export function recentRates({ rates }: Pick<LiveEventView, 'rates'>): Outcomes | undefined {
  return rates?.[0]?.perSecond;
}

/** Purchases a second that were told yes. */
export function acceptedRate(event: Pick<LiveEventView, 'rates'>): number | undefined {
  const recent = recentRates(event);
  return recent && recent.accepted + recent.pending;
}
