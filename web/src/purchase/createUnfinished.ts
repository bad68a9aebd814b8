import type { Store } from '../session/openStore.js';

/** A purchase whose end is not known. */
export interface UnfinishedPurchase {
  /** To be spent again; none while the shop has not given one out yet. */
  ticket?: string | undefined;
  /** The orders that were there before it. */
  knownOrderIds: string[];
  /** When the shopper pressed the button, by this machine's clock. */
  askedAtMs: number;
}

export interface Unfinished {
  get(eventId: string): UnfinishedPurchase | undefined;
  all(): [eventId: string, purchase: UnfinishedPurchase][];
  note(eventId: string, purchase: UnfinishedPurchase): void;
  forget(eventId: string): void;
}

const KEY = 'spike.unfinished';

interface Notes {
  phone: string;
  purchases: Record<string, UnfinishedPurchase>;
}

/**
 * The purchases that one shopper began in this tab and has not seen the end of. They survive a reload, so that whoever
 * reloads out of impatience goes on with the same ticket. Another shopper's are dropped: they could only be refused.
 */
export function createUnfinished(store: Store, phone: string): Unfinished {
  const stored = store.read(KEY) as Partial<Notes> | undefined;
  const purchases = new Map(stored?.phone === phone ? Object.entries(stored.purchases ?? {}) : []);
  return {
    get: (eventId) => purchases.get(eventId),
    all: () => [...purchases],
    note(eventId, purchase) {
      purchases.set(eventId, purchase);
      save();
    },
    forget(eventId) {
      if (purchases.delete(eventId)) save();
    },
  };

  function save(): void {
    const notes: Notes = { phone, purchases: Object.fromEntries(purchases) };
    store.write(KEY, purchases.size === 0 ? undefined : notes);
  }
}
