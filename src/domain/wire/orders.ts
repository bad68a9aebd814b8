import type { OrderState } from '../order.js';

/** Where one of many orders stands; state and owner are null for what no store has. */
export interface FoundOrderState {
  id: string;
  state: OrderState | null;
  userId: string | null;
}
