import type { z } from 'zod';
import type { newUserSchema } from '../domain/newUser.js';
import type { NewUser } from '../stores/mysql/users.js';
import { encryptNationalId } from './encryptNationalId.js';
import type { Passwords } from './passwords.js';

export interface UserSeals {
  passwords: Passwords;
  nationalIdKey: string;
}

/**
 * A user as they were told to us → as they are stored: the password hashed, the national id encrypted.
 *
 * @throws Refusal OVERLOADED when too many passwords wait
 */
export async function sealUser(
  user: z.output<typeof newUserSchema>,
  { passwords, nationalIdKey }: UserSeals,
): Promise<NewUser> {
  const { phone, password, name, birthDate, workStatus, nationalId } = user;
  const secret = nationalId === undefined ? undefined : encryptNationalId(nationalId, nationalIdKey);
  return {
    phone,
    name: name ?? null,
    passwordHash: await passwords.hash(password),
    birthDate: birthDate ?? null,
    workStatus: workStatus ?? null,
    nationalIdEncrypted: secret?.encrypted ?? null,
    nationalIdLast4: secret?.last4 ?? null,
  };
}
