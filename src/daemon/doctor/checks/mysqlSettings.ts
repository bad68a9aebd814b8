import { settings } from '../../../config/settings.js';
import { ok, skipped, warning, worst, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';
import type { MysqlFacts } from '../probes/probeMysql.js';

/** Services with a pool of their own, each one process on this machine. */
const POOLS = 4;
/** For the operator's own sessions and for a service that is replaced while the old one drains. */
const SPARE_CONNECTIONS = 10;

export const mysqlSettingsCheck: Check = { name: 'mysql-settings', look };

async function look({ mysql, environment }: Machine): Promise<Verdict> {
  const looked = await mysql();
  if (looked.state !== 'answers') return skipped('MySQL was not reached.');
  const poolMax = Number(environment[settings.mysqlPoolMax.env] || settings.mysqlPoolMax.default);
  return judgeMysqlSettings({ ...looked.facts, poolMax });
}

/** Time zone and isolation level are set by every connection of the services, so the server's own do not matter. */
export function judgeMysqlSettings(
  facts: Pick<MysqlFacts, 'sqlMode' | 'flushLogAtCommit' | 'connectionsMax'> & { poolMax: number },
): Verdict {
  const { sqlMode, flushLogAtCommit, connectionsMax, poolMax } = facts;
  const needed = POOLS * poolMax + SPARE_CONNECTIONS;
  const verdicts = [
    flushLogAtCommit === 1
      ? ok('')
      : warning(
          `innodb_flush_log_at_trx_commit is ${flushLogAtCommit}: stored orders of the last second die with the machine.`,
          'Set innodb_flush_log_at_trx_commit=1 in the server’s options.',
        ),
    /STRICT_(TRANS|ALL)_TABLES/.test(sqlMode)
      ? ok('')
      : warning(
          'sql_mode is not strict: a value that does not fit is cut instead of refused.',
          'Add STRICT_TRANS_TABLES to sql_mode in the server’s options.',
        ),
    connectionsMax >= needed
      ? ok('')
      : warning(
          `max_connections is ${connectionsMax}; the services may open ${needed}.`,
          `Set max_connections to ${needed} or more, or mysqlPoolMax to less.`,
        ),
  ];
  return worst(verdicts, `Commits are on the disk, sql_mode is strict, ${connectionsMax} connections at most.`);
}
