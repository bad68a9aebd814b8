import { z } from 'zod';

/** What is known of one setting: see `settings.ts`. */
interface Setting<T> {
  env: string;
  schema: z.ZodType<T>;
  describe: string;
  default?: T;
  secret?: true;
}

export function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}

export const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
export const number = (min: number, max: number) => z.coerce.number().min(min).max(max);
/** A port that something can listen on. */
export const port = integer(1, 65_535);

/** A text that the parser takes; what it says of another is the reason. */
export const readBy = (parse: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  });

export const secret = z.string().min(32, 'must have at least 32 characters');
