import type { EventAudit } from '../../../domain/wire.js';

const status = 'success';

export function presentAudit(events: EventAudit[]) {
  return { status, ok: events.every((event) => event.ok), events };
}
