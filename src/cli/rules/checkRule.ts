import type { EventSeenByRules } from '../../client/answers.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import type { RuleCheckView, RuleDraftCheckView } from '../../domain/wire/rules.js';
import { findCommodity } from '../findCommodity.js';
import { knownEvent } from '../knownEvent.js';
import { listCommodities } from '../listCommodities.js';
import { findUser } from '../users/findUser.js';
import type { RuleQuestion } from './ruleQuestion.js';

/**
 * Asks the rule of an event, or a draft of one, about a user.
 *
 * @param user as typed: an id or a phone number
 */
export async function checkRule(
  staff: StaffClient,
  user: string,
  question: RuleQuestion,
): Promise<RuleCheckView | RuleDraftCheckView> {
  const { id: userId } = await findUser(staff, user);
  const { status: _said, ...check } =
    question.eventId === undefined
      ? await staff.checkRuleDraft(userId, question.rule, await draftOf(staff, question))
      : await knownEvent(question.eventId, staff.checkRule(question.eventId, userId, question.rule));
  return check;
}

async function draftOf(
  staff: StaffClient,
  { event, commodity }: RuleQuestion & { eventId: undefined },
): Promise<EventSeenByRules> {
  if (commodity === undefined) return event;
  return { ...event, commodityId: findCommodity(await listCommodities(staff), commodity).id };
}
