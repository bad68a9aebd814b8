import type { OrderState } from '../../../src/domain/order.js';
import type { OrderView } from '../../../src/domain/wire.js';
import type { ShopApi } from '../api/createShopApi.js';
import { LoggedOut, Refused, Unanswered } from '../api/failures.js';
import { retryDelay } from '../purchase/retryDelay.js';

export type OrderAction = 'pay' | 'cancel';

/** What the shopper is told about the last action on an order. */
export type ActionView =
  | { state: 'none' }
  | { state: 'underWay'; action: OrderAction; isWaiting: boolean }
  | { state: 'done'; action: OrderAction }
  /** Something else was faster: the time to pay, another tab, staff. */
  | { state: 'tooLate'; action: OrderAction; orderState: OrderState }
  | { state: 'noAnswer'; action: OrderAction };

export interface OrderActions {
  view(orderId: string): ActionView;
  /** While an action on the order is under way it does nothing. */
  run(orderId: string, action: OrderAction): void;
}

export interface OrderActionsOptions {
  api: Pick<ShopApi, 'payOrder' | 'cancelOrder'>;
  /** The order as the action has left it. */
  onOrder(order: OrderView): void;
  onChange(): void;
  /** The order may have changed: the list is worth a look. */
  onDone(): void;
}

const PATIENCE_MS = 30_000;
const resultOf: Record<OrderAction, OrderState> = { pay: 'paid', cancel: 'cancelled' };
const transient = new Set([
  'ORDER_STILL_PENDING',
  'TOO_MANY_REQUESTS',
  'OVERLOADED',
  'STORE_UNAVAILABLE',
  'SHUTTING_DOWN',
  'INTERNAL',
]);

/** Pays and cancels. Both may be asked again after a lost answer: an order that is paid already says so. */
export function createOrderActions(options: OrderActionsOptions): OrderActions {
  const { api } = options;
  const views = new Map<string, ActionView>();

  return {
    view: (orderId) => views.get(orderId) ?? { state: 'none' },
    run(orderId, action) {
      if (views.get(orderId)?.state === 'underWay') return;
      show(orderId, { state: 'underWay', action, isWaiting: false });
      carryOut(orderId, action)
        .catch((error: unknown): ActionView => {
          reportError(error);
          return { state: 'noAnswer', action };
        })
        .then((view) => {
          show(orderId, view);
          options.onDone();
        }, reportError);
    },
  };

  async function carryOut(orderId: string, action: OrderAction): Promise<ActionView> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        options.onOrder(await (action === 'pay' ? api.payOrder(orderId) : api.cancelOrder(orderId)));
        return { state: 'done', action };
      } catch (error) {
        if (error instanceof LoggedOut) return { state: 'noAnswer', action };
        if (!(error instanceof Refused) && !(error instanceof Unanswered)) throw error;
        if (error instanceof Refused && !transient.has(error.code)) return judge(error, action);
        const delayMs = retryDelay(attempt, error instanceof Refused ? error.retryAfterMs : undefined, Math.random);
        if (performance.now() + delayMs > deadline) return { state: 'noAnswer', action };
        show(orderId, { state: 'underWay', action, isWaiting: true });
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  }

  function show(orderId: string, view: ActionView): void {
    views.set(orderId, view);
    options.onChange();
  }
}

function judge(refused: Refused, action: OrderAction): ActionView {
  const orderState = refused.answer.state as OrderState | undefined;
  if (orderState === undefined) return { state: 'noAnswer', action };
  return orderState === resultOf[action] ? { state: 'done', action } : { state: 'tooLate', action, orderState };
}
