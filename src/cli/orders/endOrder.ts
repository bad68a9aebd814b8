import type { StaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import type { OrderHistoryEntry, OrderView } from '../../domain/wire.js';
import { CliError } from '../errors.js';
import { formatPrice, formatTime } from '../format.js';
import type { Output } from '../output.js';
import { knownOrder } from './knownOrder.js';

type OrderWithHistory = OrderView & { history: OrderHistoryEntry[] };

export type EndedOrder = OrderWithHistory & { dryRun: boolean };

const ends = {
  cancel: { from: 'ordered', to: 'cancelled', refusal: 'ORDER_NOT_CANCELLABLE' },
  refund: { from: 'paid', to: 'refunded', refusal: 'ORDER_NOT_REFUNDABLE' },
} as const;

export interface EndOptions {
  id: string;
  name: keyof typeof ends;
  reason: string | undefined;
  dryRun: boolean;
  out: Output;
  confirm(question: string): Promise<void>;
}

/** Cancels or refunds an order after a look at it: what cannot be done is refused before anybody is asked. */
export async function endOrder(staff: StaffClient, options: EndOptions): Promise<EndedOrder> {
  const { id, name, reason, dryRun, out } = options;
  const { from, to } = ends[name];
  const { order, history } = await knownOrder(id, staff.showOrder(id));
  if (order.state !== from) throw notEndable(name, { ...order, by: endedBy(history) });
  const what = `${order.quantity} × ${formatPrice(order.priceCents)} of event ${order.eventId}, user ${order.userId}`;
  if (dryRun) {
    out.info('Nothing was changed. It would be:');
    out.result(`Order ${id} (${what}): ${from} → ${to}; ${unitsText(order.quantity)} to the sale.`);
    return { ...order, history, dryRun };
  }
  await options.confirm(`${name === 'cancel' ? 'Cancel' : 'Refund'} order ${id} (${what})?`);
  const ended = await knownOrder(id, name === 'cancel' ? staff.cancelOrder(id, reason) : staff.refundOrder(id, reason))
    // Somebody else was faster than the answer to the question.
    .catch((error: unknown) => {
      if (!(error instanceof ServiceRefusal) || error.code !== ends[name].refusal) throw error;
      const { state, endedAt, endedBy: by } = error.answer as unknown as Pick<OrderView, 'state' | 'endedAt'> & Ender;
      throw notEndable(name, { id, state, endedAt, by: by ?? null });
    });
  out.success(`Order ${id} is ${ended.order.state}; ${unitsText(order.quantity)} to the sale.`);
  return { ...ended.order, history: ended.history, dryRun };
}

interface Ender {
  endedBy?: string | null;
}

function unitsText(quantity: number): string {
  return quantity === 1 ? 'its unit returns' : `its ${quantity} units return`;
}

function endedBy(history: readonly OrderHistoryEntry[]): string | null {
  return history.findLast(({ what }) => what === 'cancelled' || what === 'expired' || what === 'refunded')?.by ?? null;
}

function notEndable(
  name: keyof typeof ends,
  { id, state, endedAt, by }: Pick<OrderView, 'id' | 'state' | 'endedAt'> & { by: string | null },
): CliError {
  const { to, refusal } = ends[name];
  const show = `spikectl order show ${id}`;
  if (state === 'pending') {
    return new CliError('ORDER_STILL_PENDING', `Order ${id} is still on its way; it has to be stored first.`, {
      suggestions: ['Try again in a moment.', show],
    });
  }
  if (endedAt !== null) {
    const isDone = state === to ? 'already ' : '';
    const message = `Order ${id} was ${isDone}${state} at ${formatTime(endedAt)}${by === null ? '' : ` by ${by}`}.`;
    return new CliError(refusal, message, { suggestions: [show] });
  }
  const [instead, why] =
    name === 'cancel' ? ['refund', 'only an unpaid order is cancelled'] : ['cancel', 'only a paid order is refunded'];
  return new CliError(refusal, `Order ${id} is ${state}: ${why}.`, {
    suggestions: [`spikectl order ${instead} ${id}`],
  });
}
