import { isId } from '../../domain/id.js';
import { phoneSchema } from '../../domain/phone.js';

/** How staff name a user. */
export type UserRef = { userId: string } | { phone: string };

/**
 * Reads an id or a phone number as people write it. Digits alone are an id: a phone number starts with a plus or a zero, or
 * has blanks or dashes in it, unless `kind` says that it is one.
 *
 * @returns undefined when it can be neither
 */
export function toUserRef(text: string, kind?: 'userId' | 'phone'): UserRef | undefined {
  const trimmed = text.trim();
  if (kind !== 'phone' && isId(trimmed)) return { userId: trimmed };
  if (kind === 'userId') return undefined;
  const phone = phoneSchema.safeParse(trimmed);
  return phone.success ? { phone: phone.data } : undefined;
}
