import type { ShopApi } from '../api/createShopApi.js';
import { Refused } from '../api/failures.js';
import { createPoller } from './createPoller.js';

/** Whether the shopper may buy in an event. */
export type Access = { eligible: true } | { eligible: false; reason: string };

export interface AccessFeed {
  start(): void;
  stop(): void;
  /** Undefined until the shop has said. */
  access(eventId: string): Access | undefined;
  /** Takes what a refused purchase has said. */
  note(eventId: string, access: Access): void;
}

/** The shop itself keeps a decision for half a minute. */
const VALID_MS = 30_000;
/** Someone who may not buy yet waits for a changed rule or profile. */
const REFUSED_VALID_MS = 10_000;
const LOOK_INTERVAL_MS = 500;

export interface AccessFeedOptions {
  api: Pick<ShopApi, 'checkAccess'>;
  /** The events that can still be bought in. */
  eventIds(): string[];
  onChange(): void;
}

/** Keeps a decision for every event that is shown, asking for one at a time. */
export function createAccessFeed({ api, eventIds, onChange }: AccessFeedOptions): AccessFeed {
  const known = new Map<string, { access: Access | undefined; validUntil: number }>();
  const { start, stop } = createPoller({ ask, intervalMs: () => (findDue() === undefined ? LOOK_INTERVAL_MS : 0) });
  return { start, stop, note, access: (eventId) => known.get(eventId)?.access };

  async function ask(): Promise<void> {
    const eventId = findDue();
    if (eventId === undefined) return;
    try {
      const { eligible, reason } = await api.checkAccess(eventId);
      note(eventId, eligible ? { eligible } : { eligible, reason: reason ?? '' });
    } catch (error) {
      // An event that staff have just deleted must not keep us from asking about the others.
      if (!(error instanceof Refused) || error.code !== 'NOT_FOUND') throw error;
      known.set(eventId, { access: undefined, validUntil: performance.now() + VALID_MS });
    }
  }

  function findDue(): string | undefined {
    return eventIds().find((eventId) => (known.get(eventId)?.validUntil ?? 0) <= performance.now());
  }

  function note(eventId: string, access: Access): void {
    const validMs = access.eligible ? VALID_MS : REFUSED_VALID_MS;
    known.set(eventId, { access, validUntil: performance.now() + validMs });
    onChange();
  }
}
