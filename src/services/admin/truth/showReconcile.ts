import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { planEventReconcile } from '../../../stores/planEventReconcile.js';
import type { AdminStores } from '../adminStores.js';
import { presentPlan } from './presenters.js';

/** `GET /admin/spike/:id/reconcile`: what a reconcile would change; nothing is changed. */
export function createShowReconcile(stores: AdminStores): Handler {
  return async (ctx) => {
    const plan = await planEventReconcile(stores, idParam(ctx));
    if (plan === undefined) throw new Refusal('NOT_FOUND');
    ctx.body = presentPlan(plan);
  };
}
