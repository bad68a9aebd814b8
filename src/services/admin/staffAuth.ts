import type { Sequelize } from 'sequelize';
import { Refusal } from '../../domain/errorCatalogue.js';
import { roleIncludes, type StaffRole } from '../../domain/staffRole.js';
import { bearerToken } from '../../http/bearerToken.js';
import { step, type Step } from '../../http/context.js';
import type { Identity, Tokens } from '../../http/tokens.js';
import { findAdmin, type StoredAdmin } from '../../stores/mysql/admins.js';

export interface Staffed {
  staff: Pick<StoredAdmin, 'id' | 'username' | 'role'>;
}

export interface StaffAuth {
  /** Lets those pass whose role includes the needed one. */
  atLeast(needed: StaffRole): Step<Staffed>;
  /** Lets any member of staff pass whose token may be refreshed. */
  refresh: Step<Staffed>;
}

/**
 * Who among the staff asks. The role is the one that MySQL has now, not the one in the token: who was disabled or moved a
 * moment ago is so at once. Staff ask seldom enough for a look at MySQL each time.
 */
export function createStaffAuth({ sequelize, tokens }: { sequelize: Sequelize; tokens: Tokens }): StaffAuth {
  return {
    atLeast: (needed) => authenticate((token) => tokens.verify(token), needed),
    refresh: authenticate((token) => tokens.verifyForRefresh(token), 'viewer'),
  };

  function authenticate(verify: (token: string) => Identity, needed: StaffRole): Step<Staffed> {
    return step<Staffed>(async (ctx, next) => {
      const admin = await findAdmin(sequelize, verify(bearerToken(ctx)).id);
      if (admin === undefined || admin.isDisabled) throw new Refusal('TOKEN_INVALID');
      const { id, username, role } = admin;
      ctx.state.actor = `staff ${id}`;
      if (!roleIncludes(role, needed)) throw new Refusal('FORBIDDEN', { role, needed });
      ctx.state.staff = { id, username, role };
      await next();
    });
  }
}
