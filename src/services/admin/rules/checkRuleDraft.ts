import type { z } from 'zod';
import { explain } from '../../../domain/access/explain.js';
import type { Handler } from '../../../http/context.js';
import type { AdminStores } from '../adminStores.js';
import { presentDraftCheck } from './presenters.js';
import { requireRule } from './requireRule.js';
import { requireUser } from './requireUser.js';
import type { checkRuleDraftSchema } from './schemas.js';

/**
 * `POST /admin/rules/check`: what each link of a rule says of a user in an event that is not made yet: without an id, with
 * nobody on its allow list, and with those fields alone that the draft has. Nothing is cached or changed.
 */
export function createCheckRuleDraft({
  sequelize,
}: AdminStores): Handler<{ body: z.output<typeof checkRuleDraftSchema> }> {
  return async (ctx) => {
    const { userId, rule: asked, event: draft } = ctx.state.body;
    const { rule } = requireRule(asked);
    const user = await requireUser(sequelize, userId);
    const { startsAt: startsAtMs, endsAt: endsAtMs, ...same } = draft;
    const event = { ...same, startsAtMs, endsAtMs };
    ctx.body = presentDraftCheck(
      userId,
      explain(rule, { user: { ...user, isAllowed: false }, event, nowMs: Date.now() }),
    );
  };
}
