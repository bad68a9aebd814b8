import { setTimeout as sleep } from 'node:timers/promises';
import type { Sequelize } from 'sequelize';

const PAUSE_MS = 500;

/** The server answers, and refuses whoever asks, or has no such database: waiting does not help. */
const REFUSALS: ReadonlySet<unknown> = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_NOT_SUPPORTED_AUTH_MODE',
]);

/** MySQL did not answer in time. */
export class MysqlAwayError extends Error {
  constructor(seconds: number, cause: unknown) {
    super(`MySQL did not answer within ${seconds} s: ${reason(cause)}`, { cause });
    this.name = 'MysqlAwayError';
  }
}

/** MySQL answers, but not with this account or database. */
export class MysqlRefusalError extends Error {
  constructor(cause: unknown) {
    super(`MySQL refuses the account or the database of the URL: ${reason(cause)}`, { cause });
    this.name = 'MysqlRefusalError';
  }
}

/**
 * Waits until MySQL answers a question.
 *
 * @param onWait told the reason each time that it is another one
 * @throws MysqlAwayError, MysqlRefusalError
 */
export async function waitForMysql(
  sequelize: Sequelize,
  { withinSeconds, onWait }: { withinSeconds: number; onWait(reason: string): void },
): Promise<void> {
  const until = performance.now() + withinSeconds * 1_000;
  let said: string | undefined;
  for (;;) {
    try {
      await sequelize.query('SELECT 1');
      return;
    } catch (error) {
      if (REFUSALS.has(codeOf(error))) throw new MysqlRefusalError(error);
      if (performance.now() >= until) throw new MysqlAwayError(withinSeconds, error);
      const why = reason(error);
      if (why !== said) onWait(why);
      said = why;
      await sleep(PAUSE_MS);
    }
  }
}

function codeOf(error: unknown): string | undefined {
  const parent: unknown = error instanceof Error && 'parent' in error ? error.parent : undefined;
  return parent instanceof Error && 'code' in parent && typeof parent.code === 'string' ? parent.code : undefined;
}

/** A refused connection to several addresses of one name has no message of its own, but a code. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message || (codeOf(error) ?? 'for no reason that it gives');
}
