import type { Transaction } from 'sequelize';
import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Ctx, Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import {
  countAllowedUsers,
  deleteAllowedUsers,
  findAllowed,
  insertAllowedUsers,
} from '../../../stores/mysql/allowList.js';
import { findUserIds } from '../../../stores/mysql/findUserIds.js';
import { findSaleEvent, type StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { updateEvent } from '../events/updateEvent.js';
import type { dryRunSchema } from '../events/schemas.js';
import type { Staffed } from '../staffAuth.js';
import { asksAllowList } from './asksAllowList.js';
import { presentAllowListChange } from './presenters.js';
import type { allowListSchema } from './schemas.js';

type Wanted = z.output<typeof allowListSchema>;
type Change = 'allow' | 'disallow';

/** Ids that one record of the audit log names; how many there were it always says. */
const RECORDED_IDS_MAX = 100;

/**
 * `POST /admin/spike/:id/allow` puts users on the allow list, `…/allow/remove` takes them off. Who does not exist is named in
 * the answer and keeps nobody else from it: whoever has a file of customers finds that some never registered. Again is the
 * same as once. With `dryRun` it only says what would change.
 */
export function createChangeAllowList(
  stores: AdminStores,
  change: Change,
): Handler<Staffed & { body: Wanted; query: z.output<typeof dryRunSchema> }> {
  return async (ctx) => {
    const eventId = idParam(ctx);
    const { userIds, unknown } = await resolveUsers(stores, ctx.state.body);
    const { dryRun } = ctx.state.query;
    const { event, changed } = await (dryRun ? foresee : makeChange)(stores, ctx, { eventId, userIds, change });
    const total = await countAllowedUsers(stores.sequelize, eventId);
    const foreseen = dryRun ? (change === 'allow' ? changed.length : -changed.length) : 0;
    ctx.body = presentAllowListChange({
      eventId,
      changed: changed.length,
      unchanged: userIds.length - changed.length,
      unknown,
      total: total + foreseen,
      inRule: asksAllowList(event),
    });
  };
}

interface ListChange {
  eventId: string;
  userIds: readonly string[];
  change: Change;
}

interface Changed {
  event: StoredSaleEvent;
  /** Ids of the users for whom something is different. */
  changed: readonly string[];
}

async function foresee({ sequelize }: AdminStores, _ctx: Ctx<Staffed>, wanted: ListChange): Promise<Changed> {
  const event = await findSaleEvent(sequelize, wanted.eventId);
  if (event === undefined) throw new Refusal('NOT_FOUND');
  return { event, changed: await differing({ sequelize }, wanted) };
}

/**
 * Where the rule asks the list, its version rises with the change: what was decided before is not found again, and tickets
 * that were handed out before are dead.
 */
async function makeChange(stores: AdminStores, ctx: Ctx<Staffed>, wanted: ListChange): Promise<Changed> {
  const { eventId, change } = wanted;
  let changed: readonly string[] = [];
  const event = await updateEvent(stores, ctx, {
    eventId,
    action: `event.${change}`,
    async changesOf(before, transaction) {
      changed = await differing(stores, wanted, transaction);
      if (changed.length === 0) return {};
      await writeList(stores, ctx, { eventId, userIds: changed, change }, transaction);
      return asksAllowList(before) ? { ruleVersion: before.ruleVersion + 1 } : {};
    },
    beside: () => (changed.length === 0 ? undefined : recorded(change, changed)),
  });
  return { event, changed };
}

/** Who is not yet as wanted. */
async function differing(
  { sequelize }: Pick<AdminStores, 'sequelize'>,
  { eventId, userIds, change }: ListChange,
  transaction?: Transaction,
): Promise<string[]> {
  const pairs = userIds.map((userId) => ({ eventId, userId }));
  const listed = (await findAllowed(sequelize, pairs, transaction)).get(eventId);
  return userIds.filter((userId) => listed?.has(userId) !== (change === 'allow'));
}

async function writeList(
  { sequelize }: AdminStores,
  ctx: Ctx<Staffed>,
  { eventId, userIds, change }: ListChange,
  transaction: Transaction,
): Promise<void> {
  if (change === 'disallow') return deleteAllowedUsers(sequelize, { eventId, userIds }, transaction);
  const createdBy = ctx.state.staff.username;
  return insertAllowedUsers(sequelize, { eventId, userIds, createdBy }, transaction);
}

function recorded(change: Change, userIds: readonly string[]) {
  const allowed = { count: userIds.length, userIds: userIds.slice(0, RECORDED_IDS_MAX) };
  return change === 'allow' ? { after: { allowed } } : { before: { allowed } };
}

/** The ids of those who were asked for, each once, and who of them does not exist. */
async function resolveUsers({ sequelize }: AdminStores, wanted: Wanted) {
  const found = await findUserIds(sequelize, wanted);
  const userIds = new Set(wanted.userIds.filter((id) => found.ids.has(id)));
  for (const phone of wanted.phones) {
    const id = found.byPhone.get(phone);
    if (id !== undefined) userIds.add(id);
  }
  const unknown = {
    userIds: [...new Set(wanted.userIds.filter((id) => !found.ids.has(id)))],
    phones: [...new Set(wanted.phones.filter((phone) => !found.byPhone.has(phone)))],
  };
  return { userIds: [...userIds], unknown };
}
