import type { Handler } from '../../../http/context.js';
import type { Tokens } from '../../../http/tokens.js';
import { presentStaffToken } from './presenters.js';
import type { Staffed } from '../staffAuth.js';

/** `GET /admin/auth/refresh_token`: a new token for an old one, with the role that is theirs now. */
export function createRefreshToken(tokens: Tokens): Handler<Staffed> {
  return (ctx) => {
    const { staff } = ctx.state;
    ctx.body = presentStaffToken(tokens.issue({ ...staff, version: staff.tokenVersion }), staff.role);
  };
}
