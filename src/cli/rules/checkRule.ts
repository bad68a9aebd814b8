import type { StaffClient } from '../../client/createStaffClient.js';
import type { RuleLink } from '../../domain/wire.js';
import type { RuleCheckView } from '../../domain/wire/rules.js';
import { knownEvent } from '../knownEvent.js';
import { findUserId } from './findUserId.js';
import type { UserRef } from './toUserRef.js';

/** Asks the rule of an event, or a draft of one, about a user. */
export async function checkRule(
  staff: StaffClient,
  { eventId, user, draft }: { eventId: string; user: UserRef; draft: readonly RuleLink[] | undefined },
): Promise<RuleCheckView> {
  const userId = await findUserId(staff, user);
  const { status: _said, ...check } = await knownEvent(eventId, staff.checkRule(eventId, userId, draft));
  return check;
}
