import { z } from 'zod';

/** Digits with an optional plus; blanks, dots, dashes and brackets are how people write and not part of the number. */
export const phoneSchema = z
  .string()
  .max(40)
  .transform((written) => written.replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+?[0-9]{6,20}$/, 'must be a phone number: 6 to 20 digits, with or without a leading plus'))
  .meta({
    id: 'Phone',
    description: '6 to 20 digits, with or without a leading plus; blanks, dots, dashes and brackets do not count.',
    examples: ['+49 170 1234567'],
  });
