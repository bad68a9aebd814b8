import { z } from 'zod';
import { TEST_BUYERS_MAX, TEST_BUYERS_PER_REQUEST_MAX } from '../../../domain/testBuyers.js';

/** `POST /admin/test-buyers` */
export const testBuyersSchema = z
  .strictObject({
    count: z.number().int().min(1).max(TEST_BUYERS_PER_REQUEST_MAX),
    from: z
      .number()
      .int()
      .min(0)
      .max(TEST_BUYERS_MAX - TEST_BUYERS_PER_REQUEST_MAX)
      .default(0)
      .describe('The number of the first: the buyers of one range are the same every time.'),
  })
  .meta({ id: 'TestBuyersRange' });
