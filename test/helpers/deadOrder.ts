import { eventually } from './eventually.js';
import type { House } from './openHouse.js';
import type { Shopper } from './openSale.js';

/** An order whose message is in the dead-letter queue. */
export interface DeadOrder {
  eventId: string;
  shopper: Shopper;
  orderId: string;
  /** Takes away what MySQL refused it for. */
  mend(): Promise<unknown>;
}

/** A purchase that MySQL refuses: it counts a unit of this buyer already, so a CHECK stands in the way. */
export async function makeDeadOrder({ sale, stores }: Pick<House, 'sale' | 'stores'>): Promise<DeadOrder> {
  const eventId = await sale.event({ quantity: 20 });
  const [shopper] = (await sale.shoppers(1)) as [Shopper];
  const replacements = { eventId, userId: shopper.userId };
  await stores.sequelize.query(
    'INSERT INTO purchase_counts (event_id, user_id, units, units_max) VALUES (:eventId, :userId, 1, 1)',
    { replacements },
  );
  const { orderId } = (await sale.buy(shopper, eventId)).body as { orderId: string };
  await eventually(
    () => sale.audit(eventId),
    ({ deadLettered }) => deadLettered.includes(orderId),
  );
  const mend = () =>
    stores.sequelize.query('DELETE FROM purchase_counts WHERE event_id = :eventId AND user_id = :userId', {
      replacements,
    });
  return { eventId, shopper, orderId, mend };
}
