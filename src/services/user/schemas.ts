import { z } from 'zod';
import { phoneSchema } from '../../domain/phone.js';
import { pageFields } from '../../http/pageSchema.js';

const BIRTH_YEAR_MIN = 1900;

/** Long enough not to be guessed at the rate that the limits allow, short enough that hashing it is not an attack. */
const password = z.string().min(8).max(128);

const birthDate = z.iso.date().refine((date) => {
  const isPast = Date.parse(date) <= Date.now();
  return isPast && Number(date.slice(0, 4)) >= BIRTH_YEAR_MIN;
}, `must be a date between ${BIRTH_YEAR_MIN} and today`);

/** `POST /users/register` */
export const registerSchema = z.strictObject({
  phone: phoneSchema,
  password,
  name: z.string().trim().min(1).max(100).optional(),
  birthDate: birthDate.optional(),
  workStatus: z.string().trim().min(1).max(32).optional(),
  nationalId: z.string().trim().min(4).max(64).optional(),
});

/** `POST /users/login`; says nothing about what a password must look like, only what cannot be one. */
export const loginSchema = z.strictObject({ phone: phoneSchema, password: z.string().min(1).max(128) });

/** `GET /users/spike/all` */
export const listSchema = z.strictObject({
  ...pageFields,
  includeEnded: z.stringbool().default(false),
});
