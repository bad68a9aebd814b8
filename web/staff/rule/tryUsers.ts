import type { RuleVerdictView } from '../../../src/domain/wire/rules.js';
import { Refused } from '../../src/api/failures.js';
import type { StaffApi } from '../api/createStaffApi.js';
import type { UserRefs } from './userRefs.js';

/** What a rule says of a user; undefined for who does not exist. */
export interface Tried {
  user: string;
  check: RuleVerdictView | undefined;
}

/** Asks the service what a rule says of a user, by their id. */
export type CheckUser = (userId: string) => Promise<RuleVerdictView>;

/** Asks for each user, one after the other: staff wait for twenty, the service for nobody. */
export async function tryUsers(api: StaffApi, refs: UserRefs, check: CheckUser): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const user of [...refs.userIds, ...refs.phones]) {
    const id = refs.phones.includes(user) ? (await api.listUsers({ phone: user })).users[0]?.id : user;
    tried.push({ user, check: id === undefined ? undefined : await unlessUnknown(check(id)) });
  }
  return tried;
}

async function unlessUnknown(checking: Promise<RuleVerdictView>): Promise<RuleVerdictView | undefined> {
  try {
    return await checking;
  } catch (error) {
    if (error instanceof Refused && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
