import type { Credentials } from './credentials.js';
import type { LocalDeployment } from './localDeployment.js';
import { withDatabase } from './withDatabase.js';

/** Makes sure that this machine's admin exists; one who does is left as they are. Returns whether it was made now. */
export async function ensureFirstAdmin(deployment: LocalDeployment, admin: Credentials['admin']): Promise<boolean> {
  return withDatabase(deployment, async (sequelize) => {
    const { ensureAdmin } = await import('../stores/mysql/admins.js');
    return ensureAdmin(sequelize, admin);
  });
}
