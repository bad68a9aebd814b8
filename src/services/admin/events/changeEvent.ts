import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import { saleEventState } from '../../../domain/saleEvent.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import type { SaleEventChanges, StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { mergeLimits } from './mergeLimits.js';
import { presentEvent } from './presenters.js';
import { readRule } from './readRule.js';
import type { eventChangeSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';
import { updateEvent } from './updateEvent.js';
import type { ViewEvent } from './viewEvent.js';

type EventChange = z.output<typeof eventChangeSchema>;

/** `PUT /admin/spike/:id`: changes the fields that are given; of `limits`, those that are given in it. */
export function createChangeEvent(stores: AdminStores, view: ViewEvent): Handler<Staffed & { body: EventChange }> {
  return async (ctx) => {
    const wanted = ctx.state.body;
    const links = wanted.rule === undefined ? undefined : readRule(wanted.rule);
    const event = await updateEvent(stores, ctx, {
      eventId: idParam(ctx),
      action: 'event.change',
      changesOf(before) {
        checkChange(before, wanted, Date.now());
        const { startsAt, endsAt, rule: _read, limits, ...same } = wanted;
        return differing(before, {
          ...same,
          startsAtMs: startsAt,
          endsAtMs: endsAt,
          rule: links,
          limits: limits && mergeLimits(before.limits, limits),
        });
      },
    });
    ctx.body = presentEvent(await view(event));
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
  const changed = names.filter(
    (name) => wanted[name] !== undefined && JSON.stringify(wanted[name]) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}
