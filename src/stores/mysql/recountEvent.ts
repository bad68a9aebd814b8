import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';

/** What was counted anew: the units sold, before and after, and for how many users the units were wrong. */
export interface Recount {
  soldBefore: number;
  soldAfter: number;
  users: number;
}

/**
 * Counts the units of an event anew from its orders, which are the truth: those sold, and those of each user. The caller has
 * locked the event's row, so no order comes or goes meanwhile.
 *
 * @throws Error of the database when the orders hold more than the quantity or a user's limit (CHECK); nothing is changed then
 */
export async function recountEvent(sequelize: Sequelize, eventId: string, transaction: Transaction): Promise<Recount> {
  const [sums] = await sequelize.query<{ soldBefore: number; soldAfter: number | string }>(
    `SELECT sale_events.sold AS soldBefore,
            (SELECT COALESCE(SUM(quantity), 0)
               FROM orders
              WHERE event_id = sale_events.id
                AND state IN ('ordered', 'paid')) AS soldAfter
       FROM sale_events
      WHERE id = ?`,
    { replacements: [eventId], type: QueryTypes.SELECT, transaction },
  );
  const soldBefore = sums?.soldBefore ?? 0;
  const soldAfter = Number(sums?.soldAfter ?? 0);
  if (soldBefore !== soldAfter) {
    await sequelize.query('UPDATE sale_events SET sold = ? WHERE id = ?', {
      replacements: [soldAfter, eventId],
      transaction,
    });
  }
  return { soldBefore, soldAfter, users: await recountUsers(sequelize, eventId, transaction) };
}

async function recountUsers(sequelize: Sequelize, eventId: string, transaction: Transaction): Promise<number> {
  const rows = await sequelize.query<{ userId: string; units: number | string }>(
    `SELECT CAST(user_id AS CHAR) AS userId, SUM(held) AS units
       FROM (SELECT user_id, quantity AS held, 0 AS counted
               FROM orders
              WHERE event_id = ?
                AND state IN ('ordered', 'paid')
              UNION ALL
             SELECT user_id, 0 AS held, units AS counted
               FROM purchase_counts
              WHERE event_id = ?) AS both_sides
      GROUP BY user_id
     HAVING SUM(held) <> SUM(counted)
      ORDER BY user_id`,
    { replacements: [eventId, eventId], type: QueryTypes.SELECT, transaction },
  );
  for (const { userId, units } of rows) {
    // A user without a row of their own gets the limit that their orders prove.
    await sequelize.query(
      `INSERT INTO purchase_counts (event_id, user_id, units, units_max)
       VALUES (?, ?, ?, GREATEST(?, 1))
           ON DUPLICATE KEY UPDATE units = ?`,
      { replacements: [eventId, userId, Number(units), Number(units), Number(units)], transaction },
    );
  }
  return rows.length;
}
