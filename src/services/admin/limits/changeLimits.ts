import type { z } from 'zod';
import { explainLimits, limitNames, type Limits, type SomeLimits } from '../../../domain/limits.js';
import type { Handler } from '../../../http/context.js';
import { storeLimits } from '../../../stores/mysql/liveLimits.js';
import { writeLimits } from '../../../stores/redis/limits.js';
import type { AdminStores } from '../adminStores.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';
import { presentLimits } from './presenters.js';
import type { globalLimitsSchema } from './schemas.js';

type Changes = z.output<typeof globalLimitsSchema>;

/**
 * `PUT /admin/limits`: limits for all events, of which those with a limit of their own keep it. In force on every process
 * within a second. Redis, where the processes look, is written as the last act of the transaction: with Redis away nothing
 * changes. Should the commit itself fail, the order service's watch brings Redis what MySQL has.
 */
export function createChangeLimits(stores: AdminStores, settings: Limits): Handler<Staffed & { body: Changes }> {
  return async (ctx) => {
    const changes = definedOnly(ctx.state.body);
    const stored = await recordChange(stores, ctx, async (transaction, record) => {
      const { before, after } = await storeLimits(stores.sequelize, changes, ctx.state.staff.username, transaction);
      const touched = limitNames.filter((name) => before.limits[name] !== after.limits[name]);
      if (touched.length > 0) {
        await record({
          action: 'limits.change',
          targetType: 'limits',
          targetId: 'global',
          before: pick(before.limits, touched),
          after: pick(after.limits, touched),
        });
      }
      await writeLimits(stores.redis, after);
      return after;
    });
    ctx.body = presentLimits(null, explainLimits(settings, stored.limits));
  };
}

function definedOnly(changes: Changes): { [Name in keyof Changes]-?: Exclude<Changes[Name], undefined> } {
  const defined = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as ReturnType<typeof definedOnly>;
}

function pick(limits: SomeLimits, names: readonly (keyof SomeLimits)[]) {
  return Object.fromEntries(names.map((name) => [name, limits[name] ?? null]));
}
