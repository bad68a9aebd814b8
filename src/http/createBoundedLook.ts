/** Asks a store, and gives it only so long. */
export type BoundedLook<T> = () => Promise<T>;

/**
 * Makes a look at a store one that always comes back: it fails when the store takes too long, and at once while an earlier look
 * is still out. So a store that hangs holds one question, however often it is asked.
 */
export function createBoundedLook<T>(look: () => Promise<T>, timeoutMs: number): BoundedLook<T> {
  let out: Promise<T> | undefined;
  return async () => {
    if (out !== undefined) throw new Error('no answer to the question before');
    const asked = look().finally(() => {
      if (out === asked) out = undefined;
    });
    out = asked;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
