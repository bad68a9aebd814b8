import { QueryTypes, UniqueConstraintError, type Sequelize, type Transaction } from 'sequelize';
import { ulid } from 'ulid';
import type { EventLimits, SaleEvent } from '../../domain/saleEvent.js';
import type { RuleLink } from '../../domain/wire.js';
import { toDatetime } from './toDatetime.js';

/** An event as MySQL keeps it: what staff decided, and how much has been sold. */
export interface StoredSaleEvent extends SaleEvent {
  /** The name by which files mean this event on every deployment. */
  key: string;
  commodity: { id: string; name: string; description: string | null };
  /** Units held by ordered or paid orders. */
  sold: number;
  rule: RuleLink[];
  createdAt: Date;
  updatedAt: Date;
}

export interface NewSaleEvent {
  /** A fresh one when there is none. */
  key?: string;
  title: string;
  commodityId: string;
  priceCents: number;
  quantity: number;
  purchaseLimit: number;
  rule: RuleLink[];
  limits: Partial<EventLimits>;
  startsAtMs: number;
  endsAtMs: number;
  paymentWindowSeconds: number;
}

/**
 * What staff can change. `ruleVersion` rises by itself when the rule is among the changes; it is given when only what the
 * rule looks at has changed.
 */
export type SaleEventChanges = Partial<
  Omit<NewSaleEvent, 'key' | 'commodityId' | 'quantity'> & { paused: boolean; closed: boolean; ruleVersion: number }
>;

interface Row {
  id: number | string;
  event_key: string | null;
  title: string;
  commodity_id: number | string;
  commodity_name: string;
  commodity_description: string | null;
  price_cents: number | string;
  quantity: number;
  sold: number;
  purchase_limit: number;
  rule: string;
  rule_version: number;
  limits: string;
  starts_at: Date;
  ends_at: Date;
  payment_window_seconds: number;
  paused: number;
  closed_at: Date | null;
  fence: number | string;
  created_at: Date;
  updated_at: Date;
}

const SELECT_EVENTS = `
  SELECT sale_events.*, commodities.name AS commodity_name, commodities.description AS commodity_description
    FROM sale_events
    JOIN commodities ON commodities.id = sale_events.commodity_id
   WHERE sale_events.deleted_at IS NULL`;

/** @param options.lock inside a transaction: hold the row until it ends */
export async function findSaleEvent(
  sequelize: Sequelize,
  eventId: string,
  options: { transaction?: Transaction; lock?: boolean } = {},
): Promise<StoredSaleEvent | undefined> {
  const rows = await sequelize.query<Row>(
    `${SELECT_EVENTS} AND sale_events.id = ?${options.lock === true ? ' FOR UPDATE' : ''}`,
    { replacements: [eventId], type: QueryTypes.SELECT, transaction: options.transaction ?? null },
  );
  return rows[0] && parseRow(rows[0]);
}

/**
 * Events with the newest first.
 *
 * @param options.beforeId continue after this event (the last of the page before)
 * @param options.endsAfter only events that end after this time
 * @param options.key only the event of this key
 */
export async function listSaleEvents(
  sequelize: Sequelize,
  options: { limit: number; beforeId?: string; endsAfter?: Date; key?: string },
): Promise<StoredSaleEvent[]> {
  const conditions: string[] = [];
  const replacements: unknown[] = [];
  if (options.beforeId !== undefined) {
    conditions.push('AND sale_events.id < ?');
    replacements.push(options.beforeId);
  }
  if (options.endsAfter !== undefined) {
    conditions.push('AND sale_events.ends_at > ?');
    replacements.push(toDatetime(options.endsAfter));
  }
  if (options.key !== undefined) {
    conditions.push('AND sale_events.event_key = ?');
    replacements.push(options.key);
  }
  const rows = await sequelize.query<Row>(
    `${SELECT_EVENTS} ${conditions.join(' ')} ORDER BY sale_events.id DESC LIMIT ?`,
    {
      replacements: [...replacements, options.limit],
      type: QueryTypes.SELECT,
    },
  );
  return rows.map(parseRow);
}

/**
 * The events that matter most at this moment, and how many there are in all: those that sell or are paused, then those to come
 * with the next first, then those that are over with the last first.
 */
export async function listLiveSaleEvents(
  sequelize: Sequelize,
  limit: number,
): Promise<{ events: StoredSaleEvent[]; total: number }> {
  const now = toDatetime(Date.now());
  const rows = await sequelize.query<Row & { total: number | string }>(
    `SELECT live.*, COUNT(*) OVER () AS total
       FROM (${SELECT_EVENTS}) AS live
      ORDER BY closed_at IS NOT NULL OR ends_at <= ?,
               starts_at > ?,
               CASE WHEN starts_at > ? THEN starts_at END,
               CASE WHEN closed_at IS NOT NULL OR ends_at <= ? THEN LEAST(ends_at, COALESCE(closed_at, ends_at)) END DESC,
               id DESC
      LIMIT ?`,
    { replacements: [now, now, now, now, limit], type: QueryTypes.SELECT },
  );
  return { events: rows.map(parseRow), total: Number(rows[0]?.total ?? 0) };
}

/** All events that are not deleted, in the order of their ids. */
export async function listAllSaleEvents(sequelize: Sequelize): Promise<StoredSaleEvent[]> {
  const rows = await sequelize.query<Row>(`${SELECT_EVENTS} ORDER BY sale_events.id`, { type: QueryTypes.SELECT });
  return rows.map(parseRow);
}

/** Ids of all events that are not deleted. */
export async function listSaleEventIds(sequelize: Sequelize): Promise<string[]> {
  const rows = await sequelize.query<{ id: number | string }>(
    'SELECT id FROM sale_events WHERE deleted_at IS NULL ORDER BY id',
    { type: QueryTypes.SELECT },
  );
  return rows.map((row) => String(row.id));
}

/** @throws EventKeyTaken when another event has the key */
export async function insertSaleEvent(
  sequelize: Sequelize,
  event: NewSaleEvent,
  transaction: Transaction,
): Promise<string> {
  const now = toDatetime(Date.now());
  const key = event.key ?? ulid().toLowerCase();
  try {
    const [id] = await sequelize.query(
      `INSERT INTO sale_events
         (event_key, title, commodity_id, price_cents, quantity, purchase_limit, rule, limits, starts_at, ends_at,
          payment_window_seconds, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      {
        replacements: [
          key,
          event.title,
          event.commodityId,
          event.priceCents,
          event.quantity,
          event.purchaseLimit,
          JSON.stringify(event.rule),
          JSON.stringify(event.limits),
          toDatetime(event.startsAtMs),
          toDatetime(event.endsAtMs),
          event.paymentWindowSeconds,
          now,
          now,
        ],
        type: QueryTypes.INSERT,
        transaction,
      },
    );
    return String(id);
  } catch (error) {
    if (!(error instanceof UniqueConstraintError)) throw error;
    const [taken] = await listSaleEvents(sequelize, { limit: 1, key });
    throw new EventKeyTaken(taken?.id ?? '');
  }
}

/** Another event has the key. */
export class EventKeyTaken extends Error {
  readonly eventId: string;

  constructor(eventId: string) {
    super(`event ${eventId} has this key`);
    this.name = 'EventKeyTaken';
    this.eventId = eventId;
  }
}

/** Changes an event whose row the caller has locked. Its stock is not changed here. */
export async function updateSaleEvent(
  sequelize: Sequelize,
  eventId: string,
  changes: SaleEventChanges,
  transaction: Transaction,
): Promise<void> {
  const assignments = ['updated_at = ?'];
  const replacements: unknown[] = [toDatetime(Date.now())];
  const set = (assignment: string, ...values: unknown[]) => {
    assignments.push(assignment);
    replacements.push(...values);
  };
  if (changes.title !== undefined) set('title = ?', changes.title);
  if (changes.priceCents !== undefined) set('price_cents = ?', changes.priceCents);
  if (changes.purchaseLimit !== undefined) set('purchase_limit = ?', changes.purchaseLimit);
  if (changes.rule !== undefined) set('rule = ?, rule_version = rule_version + 1', JSON.stringify(changes.rule));
  else if (changes.ruleVersion !== undefined) set('rule_version = ?', changes.ruleVersion);
  if (changes.limits !== undefined) set('limits = ?', JSON.stringify(changes.limits));
  if (changes.startsAtMs !== undefined) set('starts_at = ?', toDatetime(changes.startsAtMs));
  if (changes.endsAtMs !== undefined) set('ends_at = ?', toDatetime(changes.endsAtMs));
  if (changes.paymentWindowSeconds !== undefined) set('payment_window_seconds = ?', changes.paymentWindowSeconds);
  if (changes.paused !== undefined) set('paused = ?', changes.paused ? 1 : 0);
  if (changes.closed !== undefined) set('closed_at = ?', changes.closed ? toDatetime(Date.now()) : null);
  await sequelize.query(`UPDATE sale_events SET ${assignments.join(', ')} WHERE id = ?`, {
    replacements: [...replacements, eventId],
    transaction,
  });
}

/** Sets how many units an event offers, whose row the caller has locked. @throws when fewer than its orders hold (CHECK) */
export async function setSaleEventQuantity(
  sequelize: Sequelize,
  eventId: string,
  quantity: number,
  transaction: Transaction,
): Promise<void> {
  await sequelize.query('UPDATE sale_events SET quantity = ?, updated_at = ? WHERE id = ?', {
    replacements: [quantity, toDatetime(Date.now()), eventId],
    transaction,
  });
}

/** Marks an event as deleted; the row stays, so that its id is never given again. Its key is free for another event. */
export async function deleteSaleEvent(sequelize: Sequelize, eventId: string, transaction: Transaction): Promise<void> {
  await sequelize.query('UPDATE sale_events SET deleted_at = ?, event_key = NULL WHERE id = ?', {
    replacements: [toDatetime(Date.now()), eventId],
    transaction,
  });
}

/** Sets the fence, which only rises, of an event whose row the caller has locked. */
export async function raiseFence(
  sequelize: Sequelize,
  eventId: string,
  fence: number,
  transaction: Transaction,
): Promise<void> {
  await sequelize.query('UPDATE sale_events SET fence = GREATEST(fence, ?) WHERE id = ?', {
    replacements: [fence, eventId],
    transaction,
  });
}

function parseRow(row: Row): StoredSaleEvent {
  return {
    id: String(row.id),
    // One that was made by the version before, while an upgrade was under way, has none.
    key: row.event_key ?? `event-${row.id}`,
    title: row.title,
    commodityId: String(row.commodity_id),
    commodity: { id: String(row.commodity_id), name: row.commodity_name, description: row.commodity_description },
    priceCents: Number(row.price_cents),
    quantity: row.quantity,
    sold: row.sold,
    purchaseLimit: row.purchase_limit,
    rule: JSON.parse(row.rule) as RuleLink[],
    ruleVersion: row.rule_version,
    limits: JSON.parse(row.limits) as Partial<EventLimits>,
    startsAtMs: row.starts_at.getTime(),
    endsAtMs: row.ends_at.getTime(),
    paymentWindowSeconds: row.payment_window_seconds,
    paused: row.paused === 1,
    closed: row.closed_at !== null,
    fence: Number(row.fence),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
