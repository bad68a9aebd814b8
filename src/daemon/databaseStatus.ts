import type { LocalDeployment } from './localDeployment.js';
import { withoutPassword } from './middleware/store.js';
import { requireStore } from './requireStore.js';
import { withDatabase } from './withDatabase.js';

export interface DatabaseStatus {
  /** Without its password. */
  url: string;
  applied: readonly string[];
  pending: readonly string[];
}

/** Which migrations the database has, and which it lacks. */
export async function databaseStatus(deployment: LocalDeployment): Promise<DatabaseStatus> {
  const url = withoutPassword(await requireStore(deployment, 'mysql'));
  return withDatabase(deployment, async (sequelize) => {
    const { migrationStatus } = await import('../stores/mysql/migrate.js');
    return { url, ...(await migrationStatus(sequelize)) };
  });
}
