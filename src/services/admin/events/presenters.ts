import type { StaffEventView } from '../../../domain/wire.js';

const status = 'success';

export function presentEvent(event: StaffEventView) {
  return { status, event };
}

export function presentEvents(events: StaffEventView[], next: string | null) {
  return { status, events, next };
}

export function presentDeleted(id: string) {
  return { status, id };
}
