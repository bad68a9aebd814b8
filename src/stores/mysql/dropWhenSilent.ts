import type { Socket } from 'node:net';

/** What the driver has and does not name in its types; Sequelize's own pool looks into it in the same way. */
export interface DriverConnection {
  readonly stream: Socket;
  /** The question that waits for its answer. */
  readonly _command?: object | null;
}

/**
 * Drops the connection when a question on it gets no byte of an answer for so long. A server that ends says so, and one
 * whose machine loses its power or its network does not: without this, what was asked of it would wait until TCP gives up,
 * a quarter of an hour later. A connection on which nothing was asked stays, since it may hold a lock or a transaction.
 */
export function dropWhenSilent(connection: DriverConnection, afterMs: number): void {
  const { stream } = connection;
  stream.setTimeout(afterMs);
  // Not as the callback of `setTimeout`, which is called once: a connection falls idle many times.
  stream.on('timeout', () => {
    if (connection._command) stream.destroy(silence(afterMs));
  });
}

function silence(afterMs: number): Error {
  return Object.assign(new Error(`MySQL was silent for ${afterMs} ms`), { code: 'ETIMEDOUT' });
}
