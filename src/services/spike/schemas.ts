import { z } from 'zod';

/** No purchase limit is set this high; it keeps nonsense away from the stock. */
const QUANTITY_MAX = 1_000;

/** `POST /spike/:id/:ticket`; a request without a body buys one unit. */
export const purchaseSchema = z
  .strictObject({ quantity: z.int().min(1).max(QUANTITY_MAX).default(1).describe('Units to buy.') })
  .meta({ id: 'PurchaseRequest' });
