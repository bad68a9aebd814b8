import { Refusal } from '../../../domain/errorCatalogue.js';
import { saleEventState } from '../../../domain/saleEvent.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import type { SaleEventChanges, StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { presentSwitchedEvent } from './presenters.js';
import type { Staffed } from '../staffAuth.js';
import { updateEvent } from './updateEvent.js';
import type { ViewEvent } from './viewEvent.js';

export type Switch = 'pause' | 'resume' | 'close';

const wanted: Readonly<Record<Switch, Required<Pick<SaleEventChanges, 'paused'>> | { closed: true }>> = {
  pause: { paused: true },
  resume: { paused: false },
  close: { closed: true },
};

/** `POST /admin/spike/:id/pause | resume | close`. Again is the same as once, and the answer says so; closing is for good. */
export function createSwitchEvent(stores: AdminStores, view: ViewEvent, name: Switch): Handler<Staffed> {
  return async (ctx) => {
    let changed = false;
    const event = await updateEvent(stores, ctx, {
      eventId: idParam(ctx),
      action: `event.${name}`,
      changesOf(before) {
        const changes = changesOf(before, name);
        changed = Object.keys(changes).length > 0;
        return changes;
      },
    });
    ctx.body = presentSwitchedEvent(await view(event), changed);
  };
}

function changesOf(event: StoredSaleEvent, name: Switch): SaleEventChanges {
  const changes: SaleEventChanges = wanted[name];
  if (changes.closed === event.closed || changes.paused === event.paused) return {};
  const state = saleEventState(event, Date.now());
  if (name !== 'close' && (state === 'closed' || state === 'ended')) throw new Refusal('EVENT_STATE', { state });
  return changes;
}
