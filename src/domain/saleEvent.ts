/**
 * The state of a sale event as everybody sees it, derived and never stored: a deleted event is gone, a closed one has been
 * ended by staff, a paused one sells nothing until it is resumed, and time decides the rest.
 */
export type SaleEventState = 'scheduled' | 'open' | 'paused' | 'ended' | 'closed';

/** Who may ask how fast and how much; an event's own values win over the configured defaults. */
export interface EventLimits {
  userRatePerSecond: number;
  userBurst: number;
  queueFactor: number;
  maxInFlight: number;
}

/** A commodity offered at a price, in a time window, in a quantity, under a rule. Money in minor units, times in ms (UTC). */
export interface SaleEvent {
  id: string;
  title: string;
  commodityId: string;
  priceCents: number;
  quantity: number;
  purchaseLimit: number;
  startsAtMs: number;
  endsAtMs: number;
  paymentWindowSeconds: number;
  paused: boolean;
  closed: boolean;
  ruleVersion: number;
  fence: number;
  limits: Partial<EventLimits>;
}

export function saleEventState(
  event: Pick<SaleEvent, 'startsAtMs' | 'endsAtMs' | 'paused' | 'closed'>,
  nowMs: number,
): SaleEventState {
  if (event.closed) return 'closed';
  if (nowMs >= event.endsAtMs) return 'ended';
  if (event.paused) return 'paused';
  return nowMs < event.startsAtMs ? 'scheduled' : 'open';
}
