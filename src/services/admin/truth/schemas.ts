import { z } from 'zod';
import { idSchema } from '../../../http/pageSchema.js';

/** `GET /admin/audit` */
export const auditSchema = z.strictObject({ eventId: idSchema.optional().describe('Only this event.') });
