import type { Sequelize } from 'sequelize';
import { Refusal } from '../../domain/errorCatalogue.js';
import { roleIncludes, staffRoles, type StaffRole } from '../../domain/staffRole.js';
import { bearerToken } from '../../http/bearerToken.js';
import { step, type Step } from '../../http/context.js';
import { tokenRefusals } from '../../http/stepContract.js';
import type { Identity, Tokens } from '../../http/tokens.js';
import { findAdmin, type StoredAdmin } from '../../stores/mysql/admins.js';

export interface Staffed {
  staff: Pick<StoredAdmin, 'id' | 'username' | 'role'> & { tokenVersion: number };
}

export interface StaffAuth {
  /** Lets those pass whose role includes the needed one. */
  atLeast(needed: StaffRole): Step<Staffed>;
  /** Lets any member of staff pass whose token may be refreshed. */
  refresh: Step<Staffed>;
  /** For an answer that goes on: whether the bearer may still look. @throws Refusal when not */
  check(token: string): Promise<void>;
}

/**
 * The version that tokens of this member of staff carry. A change of the password is another one, so every token from before is
 * void at once. The time of its issue would not do: it is in whole seconds and by the clock of whichever process issued it.
 */
export function tokenVersion({ passwordChangedAt }: Pick<StoredAdmin, 'passwordChangedAt'>): number {
  return passwordChangedAt?.getTime() ?? 0;
}

/**
 * Who among the staff asks. The role is the one that MySQL has now, not the one in the token: who was disabled or moved a
 * moment ago is so at once. Staff ask seldom enough for a look at MySQL each time.
 */
export function createStaffAuth({ sequelize, tokens }: { sequelize: Sequelize; tokens: Tokens }): StaffAuth {
  return {
    atLeast: (needed) => authenticate((token) => tokens.verify(token), needed),
    refresh: authenticate((token) => tokens.verifyForRefresh(token), 'viewer'),
    check: async (token) => void (await findBearer(tokens.verify(token))),
  };

  function authenticate(verify: (token: string) => Identity, needed: StaffRole): Step<Staffed> {
    const isForAll = staffRoles.every((role) => roleIncludes(role, needed));
    return step<Staffed>(
      async (ctx, next) => {
        const identity = verify(bearerToken(ctx));
        const { id, username, role } = await findBearer(identity);
        ctx.state.actor = `staff ${id}`;
        if (!roleIncludes(role, needed)) throw new Refusal('FORBIDDEN', { role, needed });
        ctx.state.staff = { id, username, role, tokenVersion: identity.version };
        await next();
      },
      {
        token: { holder: 'staff', role: needed },
        refusals: isForAll ? tokenRefusals : [...tokenRefusals, 'FORBIDDEN'],
      },
    );
  }

  async function findBearer(identity: Identity): Promise<StoredAdmin> {
    const admin = await findAdmin(sequelize, identity.id);
    if (admin?.disabledAt !== null || identity.version !== tokenVersion(admin)) throw new Refusal('TOKEN_INVALID');
    return admin;
  }
}
