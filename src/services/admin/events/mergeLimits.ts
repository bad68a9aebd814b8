import type { EventLimits } from '../../../domain/saleEvent.js';

/** The event's own limits with the wanted ones over them; one that is wanted as null goes back to the setting. */
export function mergeLimits(
  own: Partial<EventLimits>,
  wanted: { [Name in keyof EventLimits]?: number | null | undefined },
): Partial<EventLimits> {
  const merged = Object.entries({ ...own, ...wanted });
  return Object.fromEntries(merged.filter(([, value]) => value !== null && value !== undefined));
}
