import type { EventDraft, FieldChange, WarmCheck } from '../../../domain/wire/events.js';
import type { StaffEventView } from '../../../domain/wire.js';

const status = 'success';

export function presentEvent(event: StaffEventView) {
  return { status, event };
}

export function presentEvents(events: StaffEventView[], next: string | null) {
  return { status, events, next };
}

/** @param changes what is another value than before; empty when the event was as wanted already */
export function presentChangedEvent(event: StaffEventView, changes: FieldChange[]) {
  return { status, event, changes };
}

/** @param changed false when it was so already */
export function presentSwitchedEvent(event: StaffEventView, changed: boolean) {
  return { status, event, changed };
}

export function presentDraft({
  key,
  commodityId,
  startsAt,
  endsAt,
  ...same
}: Omit<EventDraft, 'key' | 'commodityId' | 'startsAt' | 'endsAt'> & {
  key?: string | undefined;
  commodityId?: string | undefined;
  startsAt: number;
  endsAt: number;
}) {
  const event: EventDraft = {
    ...same,
    key: key ?? null,
    commodityId: commodityId ?? null,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
  };
  return { status, event };
}

export function presentWarmEvent(event: StaffEventView, checks: WarmCheck[]) {
  return { status, ready: checks.every(({ ok }) => ok), checks, event };
}

export function presentDeleted(id: string) {
  return { status, id };
}
