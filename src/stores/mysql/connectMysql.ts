import { Sequelize } from 'sequelize';
import { parseMysqlUrl } from '../../config/mysqlUrl.js';
import { dropWhenSilent, type DriverConnection } from './dropWhenSilent.js';

export interface MysqlOptions {
  /** As `parseMysqlUrl` reads it. */
  url: string;
  poolMax: number;
  connectTimeoutMs?: number;
  /** A connection on which a question is silent for so long is dropped; without it, questions are waited for without end. */
  answerTimeoutMs?: number;
}

/**
 * One pool of connections. All times are UTC, decimals and 64-bit integers arrive as strings where a number would lose
 * digits.
 * Opens nothing by itself: the first query does, and a server that comes back is found by the next query.
 */
export function connectMysql(options: MysqlOptions): Sequelize {
  const { url, ssl } = parseMysqlUrl(options.url);
  const { answerTimeoutMs } = options;
  return new Sequelize(url, {
    dialect: 'mysql',
    logging: false,
    timezone: '+00:00',
    pool: { max: options.poolMax, min: 0, acquire: 5_000, idle: 30_000 },
    dialectOptions: {
      connectTimeout: options.connectTimeoutMs ?? 2_000,
      supportBigNumbers: true,
      bigNumberStrings: false,
      charset: 'utf8mb4',
      ...(ssl === undefined ? {} : { ssl }),
    },
    hooks:
      answerTimeoutMs === undefined
        ? {}
        : { afterConnect: (connection) => dropWhenSilent(connection as DriverConnection, answerTimeoutMs) },
    define: { underscored: true, timestamps: false },
    // READ COMMITTED: batches lock the event row first, and gap locks would only make unrelated purchases wait.
    isolationLevel: 'READ COMMITTED',
  });
}
