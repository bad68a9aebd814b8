import type { StaffClient } from '../../client/createStaffClient.js';
import type { RuleLink } from '../../domain/wire.js';
import type { RuleCheckView } from '../../domain/wire/rules.js';
import { knownEvent } from '../knownEvent.js';
import { findUser } from '../users/findUser.js';

/**
 * Asks the rule of an event, or a draft of one, about a user.
 *
 * @param options.user as typed: an id or a phone number
 */
export async function checkRule(
  staff: StaffClient,
  { eventId, user, draft }: { eventId: string; user: string; draft: readonly RuleLink[] | undefined },
): Promise<RuleCheckView> {
  const { id: userId } = await findUser(staff, user);
  const { status: _said, ...check } = await knownEvent(eventId, staff.checkRule(eventId, userId, draft));
  return check;
}
