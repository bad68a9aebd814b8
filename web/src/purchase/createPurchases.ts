import { buy, type BuyOptions } from './buy.js';
import type { Unfinished } from './createUnfinished.js';
import type { Outcome, Wait } from './outcome.js';

/** What the shopper is told about the last purchase in an event; `atMs` is when it ended, by the shop's clock. */
export type PurchaseView =
  { state: 'none' } | { state: 'underWay'; wait: Wait | undefined } | { state: 'done'; outcome: Outcome; atMs: number };

export interface Purchases {
  view(eventId: string): PurchaseView;
  /** Begins a purchase, or goes on with the unfinished one; while one is under way it does nothing. */
  start(eventId: string): void;
  /** Goes on with what a reload has interrupted. */
  resume(): void;
}

export interface PurchasesOptions {
  api: BuyOptions['api'];
  unfinished: Unfinished;
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
    start: (eventId) => run(eventId, true),
    resume: () => unfinished.all().forEach(([eventId]) => run(eventId, false)),
  };

  function run(eventId: string, mayFetchTicket: boolean): void {
    if (views.get(eventId)?.state === 'underWay') return;
    show(eventId, { state: 'underWay', wait: undefined });
    finish(eventId, mayFetchTicket).catch((error: unknown) => {
      show(eventId, { state: 'done', outcome: { kind: 'unsure' }, atMs: options.nowMs() });
      reportError(error);
    });
  }

  async function finish(eventId: string, mayFetchTicket: boolean): Promise<void> {
    const before = unfinished.get(eventId);
    const knownOrderIds = before?.knownOrderIds ?? options.orderIdsOf(eventId);
    const { outcome, isSettled } = await buy({
      api,
      eventId,
      knownOrderIds: new Set(knownOrderIds),
      ticket: before?.ticket,
      mayFetchTicket,
      onTicket: (ticket) => unfinished.note(eventId, { ticket, knownOrderIds }),
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
