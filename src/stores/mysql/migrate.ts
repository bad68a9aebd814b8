import { QueryTypes, type Sequelize } from 'sequelize';
import { Umzug, type UmzugStorage } from 'umzug';
import { migrations } from './migrations/index.js';
import { withNamedLock } from './withNamedLock.js';
import { toDatetime } from './toDatetime.js';

/** A starter that waits longer than this for another's migrations gives up. */
const LOCK_WAIT_SECONDS = 120;

export interface MigrationStatus {
  applied: string[];
  pending: string[];
}

/**
 * Brings the schema up to date. Two that start at once both succeed: one applies, the other waits and finds it done.
 *
 * @returns the names of the migrations that this call applied
 * @throws Error when the lock cannot be had, or a statement fails
 */
export async function migrate(sequelize: Sequelize): Promise<string[]> {
  const work = async () => (await createUmzug(sequelize).up()).map((applied) => applied.name);
  const applied = await withNamedLock(sequelize, 'migrate', work, LOCK_WAIT_SECONDS);
  if (applied === undefined) {
    throw new Error(`Another process has been migrating for ${LOCK_WAIT_SECONDS} s. Try again when it is done.`);
  }
  return applied;
}

export async function migrationStatus(sequelize: Sequelize): Promise<MigrationStatus> {
  const umzug = createUmzug(sequelize);
  return {
    applied: (await umzug.executed()).map((migration) => migration.name),
    pending: (await umzug.pending()).map((migration) => migration.name),
  };
}

function createUmzug(sequelize: Sequelize) {
  return new Umzug({
    migrations: migrations.map(({ name, up }) => ({
      name,
      up: async () => {
        for (const statement of up) await sequelize.query(statement);
      },
    })),
    storage: createStorage(sequelize),
    logger: undefined,
  });
}

function createStorage(sequelize: Sequelize): UmzugStorage {
  return {
    async executed() {
      await sequelize.query(
        'CREATE TABLE IF NOT EXISTS migrations (name VARCHAR(255) NOT NULL PRIMARY KEY, applied_at DATETIME(3) NOT NULL)',
      );
      const rows = await sequelize.query<{ name: string }>('SELECT name FROM migrations ORDER BY name', {
        type: QueryTypes.SELECT,
      });
      return rows.map((row) => row.name);
    },
    async logMigration({ name }) {
      await sequelize.query('INSERT INTO migrations (name, applied_at) VALUES (?, ?)', {
        replacements: [name, toDatetime(Date.now())],
      });
    },
    async unlogMigration({ name }) {
      await sequelize.query('DELETE FROM migrations WHERE name = ?', { replacements: [name] });
    },
  };
}
