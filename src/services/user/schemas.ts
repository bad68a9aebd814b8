import { z } from 'zod';

const BIRTH_YEAR_MIN = 1900;
const PAGE_SIZE_MAX = 100;
const PAGE_SIZE_DEFAULT = 50;

/** Digits with an optional plus; blanks, dots, dashes and brackets are how people write and not part of the number. */
const phone = z
  .string()
  .max(40)
  .transform((written) => written.replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+?[0-9]{6,20}$/, 'must be a phone number: 6 to 20 digits, with or without a leading plus'));

/** Long enough not to be guessed at the rate that the limits allow, short enough that hashing it is not an attack. */
const password = z.string().min(8).max(128);

const birthDate = z.iso.date().refine((date) => {
  const isPast = Date.parse(date) <= Date.now();
  return isPast && Number(date.slice(0, 4)) >= BIRTH_YEAR_MIN;
}, `must be a date between ${BIRTH_YEAR_MIN} and today`);

/** `POST /users/register` */
export const registerSchema = z.strictObject({
  phone,
  password,
  name: z.string().trim().min(1).max(100).optional(),
  birthDate: birthDate.optional(),
  workStatus: z.string().trim().min(1).max(32).optional(),
  nationalId: z.string().trim().min(4).max(64).optional(),
});

/** `POST /users/login`; says nothing about what a password must look like, only what cannot be one. */
export const loginSchema = z.strictObject({ phone, password: z.string().min(1).max(128) });

/** `GET /users/spike/all` */
export const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
  /** The `next` of the page before: the id of its last event. */
  cursor: z
    .string()
    .regex(/^[1-9][0-9]{0,18}$/, 'must be the "next" of a page')
    .optional(),
  includeEnded: z.stringbool().default(false),
});
