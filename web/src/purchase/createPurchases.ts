import { buy, PATIENCE_MS, type BuyOptions } from './buy.js';
import type { Unfinished, UnfinishedPurchase } from './createUnfinished.js';
import type { Outcome, Wait } from './outcome.js';

/** What the shopper is told about the last purchase in an event; `atMs` is when it ended, by the shop's clock. */
export type PurchaseView =
  { state: 'none' } | { state: 'underWay'; wait: Wait | undefined } | { state: 'done'; outcome: Outcome; atMs: number };

export interface Purchases {
  view(eventId: string): PurchaseView;
  /** Begins a purchase, or goes on with the unfinished one; while one is under way it does nothing. */
  start(eventId: string): void;
  /** Goes on with what a reload has interrupted: with its ticket, and for as long as it would have gone on asking for one. */
  resume(): void;
}

export interface PurchasesOptions {
  api: BuyOptions['api'];
  unfinished: Unfinished;
  /** A copy of a tab has the notes of the tab, too, and must not begin anything new. */
  isReloaded: boolean;
  /** Ids of the orders that the shopper is known to have in the event. */
  orderIdsOf(eventId: string): string[];
  /** By the shop's clock. */
  nowMs(): number;
  /** The shop has said yes. */
  onBought(eventId: string, orderId: string): void;
  onChange(): void;
  /** Something may have been bought: the lists are worth a look. */
  onDone(): void;
}

/** At most one purchase for each event at a time, however often the button is pressed. */
export function createPurchases(options: PurchasesOptions): Purchases {
  const { api, unfinished, onChange } = options;
  const views = new Map<string, PurchaseView>();

  return {
    view: (eventId) => views.get(eventId) ?? { state: 'none' },
    start(eventId) {
      if (isUnderWay(eventId)) return;
      const { ticket, knownOrderIds = options.orderIdsOf(eventId) } = unfinished.get(eventId) ?? {};
      const begun = { ticket, knownOrderIds, askedAtMs: Date.now() };
      unfinished.note(eventId, begun);
      run(eventId, begun, true);
    },
    resume() {
      for (const [eventId, begun] of unfinished.all())
        run(eventId, begun, options.isReloaded && isFresh(begun.askedAtMs));
    },
  };

  function isUnderWay(eventId: string): boolean {
    return views.get(eventId)?.state === 'underWay';
  }

  function run(eventId: string, begun: UnfinishedPurchase, mayFetchTicket: boolean): void {
    if (isUnderWay(eventId)) return;
    show(eventId, { state: 'underWay', wait: undefined });
    finish(eventId, begun, mayFetchTicket).catch((error: unknown) => {
      show(eventId, { state: 'done', outcome: { kind: 'unsure' }, atMs: options.nowMs() });
      reportError(error);
    });
  }

  async function finish(eventId: string, begun: UnfinishedPurchase, mayFetchTicket: boolean): Promise<void> {
    const { outcome, isSettled } = await buy({
      api,
      eventId,
      knownOrderIds: new Set(begun.knownOrderIds),
      ticket: begun.ticket,
      mayFetchTicket,
      onTicket: (ticket) => unfinished.note(eventId, { ...begun, ticket }),
      onWait: (wait) => show(eventId, { state: 'underWay', wait }),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      random: Math.random,
      nowMs: () => performance.now(),
    });
    if (isSettled) unfinished.forget(eventId);
    if (outcome.kind === 'bought') options.onBought(eventId, outcome.orderId);
    show(eventId, { state: 'done', outcome, atMs: options.nowMs() });
    options.onDone();
  }

  function show(eventId: string, view: PurchaseView): void {
    views.set(eventId, view);
    onChange();
  }
}

/** A clock that was set back in between proves nothing. */
function isFresh(askedAtMs: number): boolean {
  const ageMs = Date.now() - askedAtMs;
  return ageMs >= 0 && ageMs < PATIENCE_MS;
}
