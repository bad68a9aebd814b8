import type { LocalDeployment } from './localDeployment.js';
import { withDatabase } from './withDatabase.js';

/** Brings the schema up to date; returns the names of the migrations that were applied now. */
export async function migrateDatabase(deployment: LocalDeployment): Promise<readonly string[]> {
  return withDatabase(deployment, async (sequelize) => {
    const { migrate } = await import('../stores/mysql/migrate.js');
    return migrate(sequelize);
  });
}
