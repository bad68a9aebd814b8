import { z } from 'zod';
import { phoneSchema } from './phone.js';

const BIRTH_YEAR_MIN = 1900;

/** Long enough not to be guessed at the rate that the limits allow, short enough that hashing it is not an attack. */
export const passwordSchema = z.string().min(8).max(128);

const birthDate = z.iso.date().refine((date) => {
  const isPast = Date.parse(date) <= Date.now();
  return isPast && Number(date.slice(0, 4)) >= BIRTH_YEAR_MIN;
}, `must be a date between ${BIRTH_YEAR_MIN} and today`);

/** What a user is made from, whether they register themselves or staff do it for them. */
export const newUserSchema = z
  .strictObject({
    phone: phoneSchema,
    password: passwordSchema,
    name: z.string().trim().min(1).max(100).optional(),
    birthDate: birthDate.optional().describe('What a rule about the age asks for.'),
    workStatus: z.string().trim().min(1).max(32).optional().describe('What a rule about the work asks for.'),
    nationalId: z.string().trim().min(4).max(64).optional().describe('Encrypted at rest; never shown whole.'),
  })
  .meta({ id: 'NewUser' });
