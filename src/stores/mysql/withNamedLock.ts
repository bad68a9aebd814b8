import { QueryTypes, type Sequelize } from 'sequelize';

/**
 * Does the work under a lock of this database that only one process can have; the lock dies with its connection.
 *
 * @param name up to 20 characters
 * @param waitSeconds how long to wait for another who has it
 * @returns what the work returned, or undefined when another has the lock
 */
export async function withNamedLock<T>(
  sequelize: Sequelize,
  name: string,
  work: () => Promise<T>,
  waitSeconds = 0,
): Promise<T | undefined> {
  // The lock belongs to a connection, so the transaction is here only to hold one.
  return sequelize.transaction(async (transaction) => {
    const lock = `CONCAT(LEFT(DATABASE(), 40), '.', ?)`;
    const [row] = await sequelize.query<{ locked: number | null }>(`SELECT GET_LOCK(${lock}, ?) AS locked`, {
      replacements: [name, waitSeconds],
      type: QueryTypes.SELECT,
      transaction,
    });
    if (row?.locked !== 1) return undefined;
    try {
      return await work();
    } finally {
      await sequelize.query(`SELECT RELEASE_LOCK(${lock})`, { replacements: [name], transaction });
    }
  });
}
