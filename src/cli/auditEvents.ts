import type { StaffClient } from '../client/createStaffClient.js';
import { ServiceRefusal } from '../client/errors.js';
import type { AuditAnswer, EventAudit } from '../domain/wire.js';
import { knownEvent } from './knownEvent.js';
import { listAll } from './listAll.js';

/**
 * Audits one event, or all of them one after the other: an audit reads every order of its event, so one request for all
 * would take longer than a client or a proxy waits once there are many.
 *
 * @param say told of each event before it is audited
 */
export async function auditEvents(
  staff: StaffClient,
  eventId: string | undefined,
  say: (text: string) => void,
): Promise<AuditAnswer> {
  if (eventId !== undefined) {
    const { ok, events } = await knownEvent(eventId, staff.audit(eventId));
    return { ok, events };
  }
  const { rows } = await listAll(async (page) => {
    const { events, next } = await staff.listEvents(page);
    return { rows: events, next };
  }, Number.POSITIVE_INFINITY);
  const audits: EventAudit[] = [];
  for (const { id, title } of rows.reverse()) {
    say(`Auditing event ${id} (${title}) …`);
    audits.push(...(await auditUnlessDeleted(staff, id)));
  }
  return { ok: audits.every(({ ok }) => ok), events: audits };
}

/** An event that was deleted since it was listed has nothing to prove. */
async function auditUnlessDeleted(staff: StaffClient, id: string): Promise<EventAudit[]> {
  try {
    return (await staff.audit(id)).events;
  } catch (error) {
    if (error instanceof ServiceRefusal && error.code === 'NOT_FOUND') return [];
    throw error;
  }
}
