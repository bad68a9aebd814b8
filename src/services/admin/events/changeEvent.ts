import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import { saleEventState } from '../../../domain/saleEvent.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { findSaleEvent, type SaleEventChanges, type StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { fieldChanges } from './fieldChanges.js';
import { mergeLimits } from './mergeLimits.js';
import { presentChangedEvent } from './presenters.js';
import { raiseRuleVersion } from './raiseRuleVersion.js';
import { readRule } from './readRule.js';
import type { dryRunSchema, eventChangeSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';
import { updateEvent } from './updateEvent.js';
import type { ViewEvent } from './viewEvent.js';

type EventChange = z.output<typeof eventChangeSchema>;
type ChangesOf = (before: StoredSaleEvent) => SaleEventChanges;

/**
 * `PUT /admin/spike/:id`: changes the fields that are given; of `limits`, those that are given in it. With `dryRun` it says what
 * would change.
 */
export function createChangeEvent(
  stores: AdminStores,
  view: ViewEvent,
): Handler<Staffed & { body: EventChange; query: z.output<typeof dryRunSchema> }> {
  return async (ctx) => {
    const eventId = idParam(ctx);
    const toChanges = createChangesOf(ctx.state.body);
    let before: StoredSaleEvent;
    const changesOf: ChangesOf = (event) => toChanges((before = event));
    const after = ctx.state.query.dryRun
      ? await foresee(stores, eventId, changesOf)
      : await updateEvent(stores, ctx, { eventId, action: 'event.change', changesOf });
    ctx.body = presentChangedEvent(await view(after), fieldChanges(before!, after));
  };
}

/** The event as it would be after the changes. */
async function foresee({ sequelize }: AdminStores, eventId: string, changesOf: ChangesOf): Promise<StoredSaleEvent> {
  const before = await findSaleEvent(sequelize, eventId);
  if (before === undefined) throw new Refusal('NOT_FOUND');
  const changes = changesOf(before);
  return { ...before, ruleVersion: before.ruleVersion + (changes.rule === undefined ? 0 : 1), ...changes };
}

/** @throws Refusal BAD_RULE at once; what comes back throws when the event, as it is then, may not be changed so */
function createChangesOf(wanted: EventChange): ChangesOf {
  const links = wanted.rule === undefined ? undefined : readRule(wanted.rule);
  return (before) => {
    checkChange(before, wanted, Date.now());
    const { startsAt, endsAt, rule: _read, limits, ...same } = wanted;
    const changes = differing(before, {
      ...same,
      startsAtMs: startsAt,
      endsAtMs: endsAt,
      rule: links,
      limits: limits && mergeLimits(before.limits, limits),
    });
    return raiseRuleVersion(before, changes);
  };
}

function checkChange(event: StoredSaleEvent, wanted: EventChange, nowMs: number): void {
  const state = saleEventState(event, nowMs);
  if (event.closed) throw new Refusal('EVENT_STATE', { state });
  const isStarted = nowMs >= event.startsAtMs;
  const { priceCents = event.priceCents, startsAt = event.startsAtMs, endsAt = event.endsAtMs } = wanted;
  if (isStarted && priceCents !== event.priceCents) throw new Refusal('EVENT_STATE', { state, field: 'priceCents' });
  if (isStarted && startsAt !== event.startsAtMs) throw new Refusal('EVENT_STATE', { state, field: 'startsAt' });
  if (endsAt <= startsAt)
    throw new Refusal('BAD_INPUT', { issues: [{ path: 'endsAt', message: 'must be after startsAt' }] });
}

/** Only what is another value than before: a rule that stays the same must not make tickets invalid. */
function differing(
  before: StoredSaleEvent,
  wanted: { [Name in keyof SaleEventChanges]: SaleEventChanges[Name] | undefined },
): SaleEventChanges {
  const names = Object.keys(wanted) as (keyof SaleEventChanges)[];
  const changed = names.filter((name) => wanted[name] !== undefined && !isDeepStrictEqual(wanted[name], before[name]));
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}
