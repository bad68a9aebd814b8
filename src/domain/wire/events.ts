import type { EventLimits } from '../saleEvent.js';
import type { RuleLink } from '../wire.js';

/** What travels only where staff make, change and prepare sale events. */

/** `POST /admin/spike/check`: the event as it would be, with what was left out filled in. */
export interface EventDraft {
  /** Null: it would get a key of its own. */
  key: string | null;
  title: string;
  /** Null: it was left open. */
  commodityId: string | null;
  priceCents: number;
  quantity: number;
  purchaseLimit: number;
  rule: RuleLink[];
  startsAt: string;
  endsAt: string;
  paymentWindowSeconds: number;
  limits: Partial<EventLimits>;
}

/** The fields of an event that `PUT /admin/spike/:id` changes. */
export type ChangeableField = Exclude<keyof EventDraft, 'key' | 'commodityId' | 'quantity'>;

/** One field of an event that has another value than before; `limits` are the event's own. */
export interface FieldChange {
  field: ChangeableField;
  before: unknown;
  after: unknown;
}

/** One thing that must hold before a sale. */
export interface WarmCheck {
  name: 'stock' | 'fields' | 'scripts' | 'queue' | 'rule' | 'window' | 'clock';
  ok: boolean;
  /** The evidence. */
  detail: string;
  /** What to do about it; null when it holds. */
  next: string | null;
}
