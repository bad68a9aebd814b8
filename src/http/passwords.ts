import { Refusal } from '../domain/errorCatalogue.js';
import { hashPassword, NO_PASSWORD, PASSWORD_COST, verifyPassword, type PasswordCost } from '../domain/password.js';

/** Half of libuv's threads: the others stay free for name lookups and files, and 16 MB each are what it takes in memory. */
const AT_ONCE_MAX = 2;
/** At about 0.1 s each the last one waits some 13 s; who comes after it is better told to come back. */
const WAITING_MAX = 256;

export interface Passwords {
  /** @throws Refusal OVERLOADED when too many passwords wait */
  hash(password: string): Promise<string>;
  /**
   * @param stored undefined for a name that does not exist: the same work is done before the answer is no, so that the time
   *   of an answer does not tell which names exist, nor who has no password
   * @throws Refusal OVERLOADED when too many passwords wait
   */
  verify(password: string, stored: string | undefined): Promise<boolean>;
}

/** Hashes passwords a few at a time, so that a storm of logins takes neither the thread pool nor the memory. */
export function createPasswords(cost: PasswordCost = PASSWORD_COST): Passwords {
  const waiting: (() => void)[] = [];
  let atOnce = 0;
  /** The hash of a name that does not exist. Made now: the first who asks for such a name must not wait for it. */
  const nobody = hashPassword('', cost);

  return {
    hash: (password) => inTurn(() => hashPassword(password, cost)),
    verify: (password, stored) =>
      inTurn(async () => {
        if (stored !== undefined && stored !== NO_PASSWORD) return verifyPassword(password, stored);
        await verifyPassword(password, await nobody);
        return false;
      }),
  };

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (atOnce >= AT_ONCE_MAX) {
      if (waiting.length >= WAITING_MAX) throw new Refusal('OVERLOADED', {}, 1);
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      atOnce += 1;
    }
    try {
      return await work();
    } finally {
      // The turn passes on directly, so nobody can slip in between.
      const next = waiting.shift();
      if (next === undefined) atOnce -= 1;
      else next();
    }
  }
}
