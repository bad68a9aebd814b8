import type { StaffClient } from '../../client/createStaffClient.js';
import type { AllowedUserView } from '../../domain/wire/rules.js';
import { formatTime } from '../format.js';
import { knownEvent } from '../knownEvent.js';
import { listAll, type Listed } from '../listAll.js';
import type { Column } from '../table.js';

export const allowedColumns: Column<AllowedUserView>[] = [
  { name: 'userId', value: ({ userId }) => userId },
  { name: 'phone', value: ({ phone }) => phone },
  { name: 'name', value: ({ name }) => name },
  { name: 'allowedBy', value: ({ allowedBy }) => allowedBy },
  { name: 'allowedAt', value: ({ allowedAt }) => allowedAt, show: ({ allowedAt }) => formatTime(allowedAt) },
];

/** Who is on the allow list of an event, the users who registered last first. */
export async function listAllowed(
  staff: StaffClient,
  eventId: string,
  rowsMax: number,
): Promise<Listed<AllowedUserView>> {
  return listAll(async (page) => {
    const { users, next } = await knownEvent(eventId, staff.listAllowed(eventId, page));
    return { rows: users, next };
  }, rowsMax);
}
