import { QueryTypes, type Sequelize } from 'sequelize';

/** The server's own word for what it is: `10.11.6-MariaDB`. */
export async function readVersion(sequelize: Sequelize): Promise<string | undefined> {
  const rows = await sequelize.query<{ version: string }>('SELECT VERSION() AS version', { type: QueryTypes.SELECT });
  return rows[0]?.version;
}
