import type { Sequelize } from 'sequelize';
import type { Config } from '../../config/settings.js';
import { connectMysql } from './connectMysql.js';

type MysqlConfig = Pick<Config, 'mysqlUrl' | 'mysqlPoolMax' | 'storeTimeoutMs' | 'mysqlAnswerTimeoutMs'>;

/** The pool of a service, as its settings want it. */
export function connectMysqlOf(config: MysqlConfig): Sequelize {
  return connectMysql({
    url: config.mysqlUrl,
    poolMax: config.mysqlPoolMax,
    connectTimeoutMs: config.storeTimeoutMs,
    answerTimeoutMs: config.mysqlAnswerTimeoutMs,
  });
}
