import { parseMysqlUrl } from '../../../config/mysqlUrl.js';
import { measureSkew, type Skew } from '../clockSkew.js';
import { PROBE_TIMEOUT_MS } from './probeTimeout.js';

export interface MysqlFacts {
  version: string;
  sqlMode: string;
  /** 1: a commit is on the disk before it is answered. */
  flushLogAtCommit: number;
  connectionsMax: number;
  /** Names of the migrations that the schema has; none when it was never made. */
  migrations: readonly string[];
  skew: Skew;
}

const NO_SUCH_TABLE = 'ER_NO_SUCH_TABLE';

/** Asks MySQL or MariaDB what the system depends on. Only reads: a schema that is missing stays missing. */
export async function probeMysql(url: string): Promise<MysqlFacts> {
  const { createConnection } = await import('mysql2/promise');
  const { url: uri, ssl } = parseMysqlUrl(url);
  const connection = await createConnection({ uri, ...(ssl ? { ssl } : {}), connectTimeout: PROBE_TIMEOUT_MS });
  // A server that dies meanwhile fails the query below; without a listener it would also end this process.
  connection.on('error', () => undefined);
  const query = async <Row>(sql: string): Promise<Row[]> => {
    const [rows] = await connection.query({ sql, timeout: PROBE_TIMEOUT_MS });
    return rows as Row[];
  };
  try {
    const [variables] = await query<Omit<MysqlFacts, 'migrations' | 'skew'>>(
      `SELECT VERSION() AS version,
         @@sql_mode AS sqlMode,
         @@global.innodb_flush_log_at_trx_commit AS flushLogAtCommit,
         @@global.max_connections AS connectionsMax`,
    );
    const skew = await measureSkew(async () => {
      const [row] = await query<{ nowSeconds: string }>('SELECT UNIX_TIMESTAMP(NOW(6)) AS nowSeconds');
      return Number(row?.nowSeconds) * 1_000;
    });
    return { ...variables!, migrations: await readMigrations(query), skew };
  } finally {
    connection.destroy();
  }
}

async function readMigrations(query: (sql: string) => Promise<{ name: string }[]>): Promise<readonly string[]> {
  try {
    return (await query('SELECT name FROM migrations ORDER BY name')).map(({ name }) => name);
  } catch (error) {
    if ((error as { code?: string }).code === NO_SUCH_TABLE) return [];
    throw error;
  }
}
