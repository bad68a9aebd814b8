import { setTimeout as sleep } from 'node:timers/promises';
import type { StaffClient } from '../client/createStaffClient.js';
import { ServiceRefusal, ServiceUnreachable } from '../client/errors.js';
import type { LiveNews } from '../client/staff/live.js';

/** A connection that lived so long was well when it was made; what is refused sooner is refused for good. */
const WELL_AFTER_MS = 10_000;
const RECONNECT_DELAY_MS = 2_000;

/**
 * Brings the news of the stream until it is aborted. A token that expires while a screen hangs on the wall is exchanged for a new
 * one by connecting anew.
 *
 * @param connect logs in with the token that the context has by then
 * @param onClient told of each client, so that changes go through the newest
 * @throws ServiceRefusal when the operator may not look any more
 */
export async function follow(options: {
  connect(): Promise<StaffClient>;
  onClient(client: StaffClient): void;
  receive(news: LiveNews): void | Promise<void>;
  signal: AbortSignal;
}): Promise<void> {
  const { connect, onClient, receive, signal } = options;
  let isFirst = true;
  for (;;) {
    const client = await connect().catch((error: unknown) => {
      if (isFirst || !(error instanceof ServiceUnreachable)) throw error;
      return undefined;
    });
    isFirst = false;
    if (client === undefined) {
      await sleep(RECONNECT_DELAY_MS, undefined, { signal });
      continue;
    }
    onClient(client);
    const sinceMs = performance.now();
    try {
      for await (const news of client.live({ signal })) await receive(news);
    } catch (error) {
      if (signal.aborted) return;
      const isOver = error instanceof ServiceRefusal && error.status === 401;
      if (!isOver || performance.now() - sinceMs < WELL_AFTER_MS) throw error;
    } finally {
      void client.close();
    }
  }
}
