import type { Handler } from '../../../http/context.js';
import { listAdmins } from '../../../stores/mysql/admins.js';
import type { AdminStores } from '../adminStores.js';
import { presentStaffList } from './presenters.js';

/** `GET /admin/admins`: all of the staff, by name, those who are disabled too. */
export function createListAdmins({ sequelize }: AdminStores): Handler {
  return async (ctx) => {
    ctx.body = presentStaffList(await listAdmins(sequelize));
  };
}
