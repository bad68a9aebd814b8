import type { OrderView } from '../../../src/domain/wire.js';
import type { Item } from '../dom/createKeyedList.js';
import { h } from '../dom/h.js';
import { setAttribute, setHidden, setText } from '../dom/set.js';
import type { ActionView, OrderAction } from '../shop/createOrderActions.js';
import { formatCountdown } from '../text/formatCountdown.js';
import { formatMoment } from '../text/formatMoment.js';
import { formatPrice } from '../text/formatPrice.js';
import { isolate } from '../text/isolate.js';
import type { Said } from '../text/purchaseText.js';
import { texts } from '../text/texts.js';
import { createConfirmation } from './createConfirmation.js';

const { orders } = texts;

const URGENT_MS = 60_000;

export interface OrderModel {
  order: OrderView;
  /** An order on its way does not know its sale's title yet. */
  eventTitle: string;
  action: ActionView;
  /** By the shop's clock. */
  nowMs: number;
}

/** One order: its state, how long there is to pay, and what can be done. */
export function createOrderItem(options: { onAction: (action: OrderAction) => void }): Item<OrderModel> {
  const chip = h('p', { class: 'chip' });
  const title = h('h3', { class: 'order-title', dir: 'auto' });
  const price = h('p', { class: 'order-price' });
  const when = h('p', { class: 'facts' });
  const timeLeft = h('p', { class: 'time-left' });
  const id = h('p', { class: 'order-id' });
  const pay = h('button', { class: 'button primary', type: 'button', on: { click: () => act('pay') } });
  const cancel = h('button', { class: 'button quiet', type: 'button', on: { click: () => confirmation.ask() } });
  const buttons = h('div', { class: 'buttons' }, pay, cancel);
  const confirmation = createConfirmation({
    question: orders.cancelQuestion,
    yes: orders.cancelYes,
    no: orders.cancelNo,
    onYes: () => act('cancel'),
    replaces: buttons,
    returnFocusTo: cancel,
  });
  const said = h('p', { class: 'outcome-text', role: 'status' });
  const outcome = h('div', { class: 'outcome' }, said);
  const element = h(
    'li',
    { class: 'order', tabindex: '-1' },
    h('div', { class: 'order-head' }, title, chip),
    h('div', { class: 'order-line' }, price, timeLeft),
    when,
    id,
    buttons,
    confirmation.element,
    outcome,
  );
  let isBusy = false;
  let canPay = false;

  return {
    element,
    update({ order, eventTitle, action, nowMs }) {
      isBusy = action.state === 'underWay';
      const leftMs = order.payBefore === null ? 0 : Date.parse(order.payBefore) - nowMs;
      const isOpen = order.state === 'ordered';
      canPay = isOpen && leftMs > 0;
      const total = formatPrice(order.priceCents * order.quantity);
      setAttribute(element, 'data-state', order.state);
      setText(chip, orders.state[order.state]);
      setText(title, eventTitle);
      setText(price, order.quantity === 1 ? total : orders.units(order.quantity, formatPrice(order.priceCents)));
      setText(timeLeft, isOpen ? (canPay ? orders.timeLeft(formatCountdown(leftMs)) : orders.timeUp) : '');
      setAttribute(timeLeft, 'data-urgent', canPay && leftMs < URGENT_MS ? 'true' : undefined);
      setText(when, describeTime(order, nowMs));
      setText(id, orders.id(order.id));
      showButtons(isOpen, total, action);
      setAttribute(pay, 'aria-label', orders.actionNamed(pay.textContent, isolate(eventTitle)));
      setAttribute(cancel, 'aria-label', orders.actionNamed(cancel.textContent, isolate(eventTitle)));
      showOutcome(sayAction(action));
    },
  };

  function act(action: OrderAction): void {
    if (isBusy || (action === 'pay' && !canPay)) return;
    // The buttons go away with the action: whoever uses a keyboard stays at this order.
    if (element.contains(document.activeElement)) element.focus({ preventScroll: true });
    options.onAction(action);
  }

  function showButtons(isOpen: boolean, total: string, action: ActionView): void {
    const running = action.state === 'underWay' ? action.action : undefined;
    setText(pay, running === 'pay' ? orders.paying : orders.pay(total));
    setText(cancel, running === 'cancel' ? orders.cancelling : orders.cancel);
    setAttribute(pay, 'aria-disabled', isBusy || !canPay ? 'true' : undefined);
    setAttribute(cancel, 'aria-disabled', isBusy ? 'true' : undefined);
    if (!isOpen || isBusy) confirmation.close();
    setHidden(buttons, !isOpen || confirmation.isOpen());
  }

  function showOutcome(message: Said | undefined): void {
    setAttribute(outcome, 'data-tone', message?.tone);
    outcome.classList.toggle('is-silent', message === undefined);
    setText(said, message?.text ?? '');
  }
}

function describeTime(order: OrderView, nowMs: number): string {
  if (order.state === 'pending') return orders.pendingNote;
  if (order.state === 'paid' && order.paidAt !== null) return orders.paidAt(formatMoment(order.paidAt, nowMs));
  if (order.endedAt !== null) return orders.endedAt(formatMoment(order.endedAt, nowMs));
  return orders.boughtAt(formatMoment(order.reservedAt, nowMs));
}

function sayAction(action: ActionView): Said | undefined {
  switch (action.state) {
    case 'none':
      return undefined;
    case 'underWay':
      return action.isWaiting ? { tone: 'wait', text: orders.waiting } : undefined;
    case 'done':
      return { tone: 'good', text: action.action === 'pay' ? orders.payDone : orders.cancelDone };
    case 'tooLate': {
      const tooLate = action.action === 'pay' ? orders.payTooLate : orders.cancelTooLate;
      return { tone: 'bad', text: tooLate(orders.state[action.orderState]) };
    }
    case 'noAnswer':
      return { tone: 'bad', text: orders.noAnswer };
  }
}
