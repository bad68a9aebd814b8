import type { OrderState } from '../../../src/domain/order.js';
import { orderTexts } from '../text/orders.js';
import { Chip, type Tone } from './Chip.js';

const tones: Readonly<Record<OrderState, Tone>> = {
  pending: 'wait',
  ordered: 'warn',
  paid: 'good',
  cancelled: 'plain',
  expired: 'plain',
  refunded: 'plain',
};

export function OrderChip({ state }: { state: OrderState }) {
  return <Chip text={orderTexts.states[state]} tone={tones[state]} />;
}
