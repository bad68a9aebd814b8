import { QueryTypes, type Sequelize } from 'sequelize';
import { Umzug, type UmzugStorage } from 'umzug';
import { migrations } from './migrations/index.js';

/** One at a time for a database; the lock dies with its connection, so a killed migrator blocks nobody. */
const LOCK_NAME = "CONCAT(LEFT(DATABASE(), 40), '.spike-migrate')";
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
  // The lock belongs to a connection, so the transaction is here only to hold one: DDL commits by itself.
  return sequelize.transaction(async (transaction) => {
    const [row] = await sequelize.query<{ locked: number | null }>(`SELECT GET_LOCK(${LOCK_NAME}, ?) AS locked`, {
      replacements: [LOCK_WAIT_SECONDS],
      type: QueryTypes.SELECT,
      transaction,
    });
    if (row?.locked !== 1) throw new Error(`Another process has been migrating for ${LOCK_WAIT_SECONDS} s. Try again.`);
    try {
      return (await createUmzug(sequelize).up()).map((applied) => applied.name);
    } finally {
      await sequelize.query(`SELECT RELEASE_LOCK(${LOCK_NAME})`, { transaction });
    }
  });
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
        replacements: [name, new Date()],
      });
    },
    async unlogMigration({ name }) {
      await sequelize.query('DELETE FROM migrations WHERE name = ?', { replacements: [name] });
    },
  };
}
