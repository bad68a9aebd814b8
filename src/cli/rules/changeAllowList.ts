import type { AllowListUsers } from '../../client/staff/rules.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import type { AllowListChangeView } from '../../domain/wire/rules.js';
import { knownEvent } from '../knownEvent.js';
import type { Output } from '../output.js';
import { runSteps } from '../progress.js';
import type { UserRef } from './toUserRef.js';

/** Users in one request, as many as the service takes. */
const CHUNK_USERS = 1_000;

export interface AllowListOptions {
  eventId: string;
  /** Takes the users off the list instead of putting them on it. */
  remove: boolean;
  dryRun: boolean;
  out: Output;
}

/**
 * Sends the users in parts, one after the other. Each part takes effect by itself, and sending it again changes nothing, so
 * whoever is interrupted starts anew.
 */
export async function changeAllowList(
  staff: StaffClient,
  users: readonly UserRef[],
  { eventId, remove, dryRun, out }: AllowListOptions,
): Promise<AllowListChangeView> {
  const chunks = toChunks(users);
  const change = remove ? staff.disallowUsers : staff.allowUsers;
  const parts: AllowListChangeView[] = [];
  const sendAll = async (say: (text: string) => void) => {
    for (const chunk of chunks) {
      const { status: _said, ...part } = await knownEvent(eventId, change(eventId, chunk, { dryRun }));
      parts.push(part);
      say(`${Math.min(parts.length * CHUNK_USERS, users.length)} of ${users.length} users`);
    }
  };
  if (chunks.length === 1) await sendAll(() => undefined);
  else await runSteps([{ title: `Sending ${users.length} users`, run: sendAll }], out);
  return sum(parts, { remove, dryRun });
}

/** Each user once, in parts that the service takes. */
function toChunks(users: readonly UserRef[]): AllowListUsers[] {
  const userIds = [...new Set(users.flatMap((user) => ('userId' in user ? user.userId : [])))];
  const phones = [...new Set(users.flatMap((user) => ('phone' in user ? user.phone : [])))];
  const each = [...userIds.map((userId) => ({ userId })), ...phones.map((phone) => ({ phone }))];
  return Array.from({ length: Math.ceil(each.length / CHUNK_USERS) }, (_, index) => {
    const chunk: UserRef[] = each.slice(index * CHUNK_USERS, (index + 1) * CHUNK_USERS);
    return {
      userIds: chunk.flatMap((user) => ('userId' in user ? user.userId : [])),
      phones: chunk.flatMap((user) => ('phone' in user ? user.phone : [])),
    };
  });
}

function sum(
  parts: readonly AllowListChangeView[],
  { remove, dryRun }: Pick<AllowListOptions, 'remove' | 'dryRun'>,
): AllowListChangeView {
  const last = parts.at(-1)!;
  const changed = parts.reduce((before, part) => before + part.changed, 0);
  // A dry run of each part starts from the list as it is, and so its total is that of the part alone.
  const others = dryRun ? changed - last.changed : 0;
  return {
    ...last,
    changed,
    unchanged: parts.reduce((before, part) => before + part.unchanged, 0),
    unknown: {
      userIds: parts.flatMap(({ unknown }) => unknown.userIds),
      phones: parts.flatMap(({ unknown }) => unknown.phones),
    },
    total: last.total + (remove ? -others : others),
  };
}
