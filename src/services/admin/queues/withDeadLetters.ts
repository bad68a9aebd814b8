import { Refusal } from '../../../domain/errorCatalogue.js';
import { withNamedLock } from '../../../stores/mysql/withNamedLock.js';
import type { AdminStores } from '../adminStores.js';

/** As long as a replay of one request takes. */
const LOCK_WAIT_SECONDS = 10;

/**
 * Works on the dead letters while nobody else does: what one member of staff has in hand another would not see.
 *
 * @throws Refusal BUSY when somebody else is at it for too long
 */
export async function withDeadLetters<T extends object>(
  { sequelize }: AdminStores,
  work: () => Promise<T>,
): Promise<T> {
  const result = await withNamedLock(sequelize, 'dead-letters', work, LOCK_WAIT_SECONDS);
  if (result === undefined) throw new Refusal('BUSY');
  return result;
}
