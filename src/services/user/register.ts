import type { Sequelize } from 'sequelize';
import type { z } from 'zod';
import { Refusal } from '../../domain/errorCatalogue.js';
import type { Handler } from '../../http/context.js';
import type { Passwords } from '../../http/passwords.js';
import type { Tokens } from '../../http/tokens.js';
import { insertUser } from '../../stores/mysql/users.js';
import { encryptNationalId } from './encryptNationalId.js';
import { presentRegistered } from './presenters.js';
import type { registerSchema } from './schemas.js';

export interface RegisterOptions {
  sequelize: Sequelize;
  passwords: Passwords;
  tokens: Tokens;
  nationalIdKey: string;
}

/** `POST /users/register`: a new user, logged in at once. */
export function createRegister(options: RegisterOptions): Handler<{ body: z.output<typeof registerSchema> }> {
  const { sequelize, passwords, tokens, nationalIdKey } = options;
  return async (ctx) => {
    const { phone, password, name, birthDate, workStatus, nationalId } = ctx.state.body;
    const secret = nationalId === undefined ? undefined : encryptNationalId(nationalId, nationalIdKey);
    const userId = await insertUser(sequelize, {
      phone,
      name: name ?? null,
      passwordHash: await passwords.hash(password),
      birthDate: birthDate ?? null,
      workStatus: workStatus ?? null,
      nationalIdEncrypted: secret?.encrypted ?? null,
      nationalIdLast4: secret?.last4 ?? null,
    });
    if (userId === undefined) throw new Refusal('PHONE_TAKEN');
    ctx.body = presentRegistered(tokens.issue({ id: userId, role: 'shopper' }), userId);
  };
}
