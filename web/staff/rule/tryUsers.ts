import type { RuleLink } from '../../../src/domain/wire.js';
import type { RuleCheckView } from '../../../src/domain/wire/rules.js';
import { Refused } from '../../src/api/failures.js';
import type { StaffApi } from '../api/createStaffApi.js';
import type { UserRefs } from './userRefs.js';

/** What a rule says of a user; undefined for who does not exist. */
export interface Tried {
  user: string;
  check: RuleCheckView | undefined;
}

interface Asked {
  eventId: string;
  rule: readonly RuleLink[];
  refs: UserRefs;
}

/** Asks for each user, one after the other: staff wait for twenty, the service for nobody. */
export async function tryUsers(api: StaffApi, { eventId, rule, refs }: Asked): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const user of [...refs.userIds, ...refs.phones]) {
    const id = refs.phones.includes(user) ? (await api.listUsers({ phone: user })).users[0]?.id : user;
    tried.push({ user, check: id === undefined ? undefined : await checkUser(api, eventId, id, rule) });
  }
  return tried;
}

async function checkUser(
  api: StaffApi,
  eventId: string,
  userId: string,
  rule: readonly RuleLink[],
): Promise<RuleCheckView | undefined> {
  try {
    return await api.checkRule(eventId, userId, rule);
  } catch (error) {
    if (error instanceof Refused && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
