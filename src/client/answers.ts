import type {
  AuditAnswer,
  CommodityView,
  DeadLettersChange,
  DeadLetterView,
  LimitsView,
  NewUserOutcome,
  OrderHistoryEntry,
  OrderView,
  PurchaseAnswer,
  QueueView,
  ReconcilePlan,
  RuleLink,
  ShopEventView,
  StaffEventView,
  StaffView,
  TokenAnswer,
} from '../domain/wire.js';
import type { ChangeableField, EventDraft, FieldChange, WarmCheck } from '../domain/wire/events.js';
import type { LiveFrame } from '../domain/wire/live.js';
import type { FoundOrderState } from '../domain/wire/orders.js';
import type {
  AllowedUserView,
  AllowListChangeView,
  FilterView,
  RuleCheckView,
  RuleDraftCheckView,
} from '../domain/wire/rules.js';
import type { EventLimits } from '../domain/saleEvent.js';
import type { OrderState } from '../domain/order.js';
import type { StaffRole } from '../domain/staffRole.js';

/** What goes to the services and the envelopes around what comes back; the views inside are the domain's. */

interface Success {
  status: 'success';
}

export interface NewUser {
  phone: string;
  password: string;
  name?: string;
  /** `YYYY-MM-DD` */
  birthDate?: string;
  workStatus?: string;
  nationalId?: string;
}

export interface RegisterAnswer extends TokenAnswer {
  userId: string;
}

/** `serverTime` (ISO 8601) is the clock by which events start and end. */
export interface ShopEventsAnswer extends Success {
  events: ShopEventView[];
  next: string | null;
  serverTime: string;
}

export interface ShopEventAnswer extends Success {
  event: ShopEventView;
  serverTime: string;
}

export interface AccessAnswer extends Success {
  eligible: boolean;
  /** Why not; null when eligible. */
  reason: string | null;
}

export interface OrdersAnswer extends Success {
  orders: OrderView[];
  next: string | null;
}

export interface OrderAnswer extends Success {
  order: OrderView;
}

/** One order with all that happened to it, the oldest first. */
export interface StaffOrderAnswer extends OrderAnswer {
  history: OrderHistoryEntry[];
}

/** 200: the broker has the order. 202: it is still on its way. */
export interface Purchase extends PurchaseAnswer {
  httpStatus: 200 | 202;
}

export interface StaffTokenAnswer extends TokenAnswer {
  role: StaffRole;
}

interface AdminView {
  id: string;
  username: string;
  role: StaffRole;
}

export interface AdminAnswer extends Success {
  admin: AdminView;
}

export interface StaffAnswer extends Success {
  admin: StaffView;
}

export interface StaffListAnswer extends Success {
  admins: StaffView[];
}

/** What to change of a member of staff. */
export interface StaffChange {
  role?: StaffRole | undefined;
  disabled?: boolean | undefined;
}

export interface StaffEventsAnswer extends Success {
  events: StaffEventView[];
  next: string | null;
}

export interface StaffEventAnswer extends Success {
  event: StaffEventView;
}

/** `changed`: false when it was so already. */
export interface SwitchedEventAnswer extends StaffEventAnswer {
  changed: boolean;
}

/** `changes`: what is (or, in a dry run, would be) another value than before. */
export interface ChangedEventAnswer extends StaffEventAnswer {
  changes: FieldChange[];
}

export interface EventDraftAnswer extends Success {
  event: EventDraft;
}

export interface WarmEventAnswer extends StaffEventAnswer {
  /** Whether every check holds. */
  ready: boolean;
  checks: WarmCheck[];
}

export interface NewEvent {
  /** A fresh one when there is none. */
  key?: string;
  title: string;
  commodityId: string;
  priceCents: number;
  quantity: number;
  purchaseLimit?: number;
  rule?: RuleLink[];
  /** ISO 8601 */
  startsAt: string;
  endsAt: string;
  paymentWindowSeconds?: number;
  limits?: Partial<EventLimits>;
}

/** What of an event can be changed; the price and the start only before it starts. */
export type EventChange = Partial<Pick<NewEvent, Exclude<ChangeableField, 'limits'>>> & {
  /** Those that are given; null goes back to what holds for all events. */
  limits?: { [Name in keyof EventLimits]?: number | null };
};

export interface DeletedAnswer extends Success {
  id: string;
}

export interface CommodityAnswer extends Success {
  commodity: CommodityView;
}

/** A description of null is none. */
export interface CommodityChange {
  name?: string | undefined;
  description?: string | null | undefined;
}

export interface CommoditiesAnswer extends Success {
  commodities: CommodityView[];
  next: string | null;
}

export interface QueuesAnswer extends Success {
  queues: QueueView[];
}

/** `total`: letters in the queue, shown or not. */
export interface DeadLettersAnswer extends Success {
  letters: DeadLetterView[];
  total: number;
}

export interface DeadLettersChangeAnswer extends Success, DeadLettersChange {}

/** `ok`: every event is. */
export interface StaffAuditAnswer extends Success, AuditAnswer {}

/** `event`: what is found; a reconcile that was begun ends when the event's fence is above this one. */
export interface ReconcileAnswer extends Success {
  event: ReconcilePlan;
}

export interface LimitsAnswer extends Success, LimitsView {}

export interface FrameAnswer extends Success {
  frame: LiveFrame;
}

export interface FoundOrdersAnswer extends Success {
  orders: FoundOrderState[];
}

export interface FiltersAnswer extends Success {
  filters: FilterView[];
}

export interface RuleCheckAnswer extends Success, RuleCheckView {}

export interface RuleDraftCheckAnswer extends Success, RuleDraftCheckView {}

/** What a rule can see of an event that is not made yet: as much of it as has been decided. */
export type EventSeenByRules = Partial<
  Pick<NewEvent, 'title' | 'commodityId' | 'priceCents' | 'quantity' | 'startsAt' | 'endsAt'>
>;

export interface AllowListAnswer extends Success {
  users: AllowedUserView[];
  /** Users on the list. */
  total: number;
  /** Whether the rule of the event asks the list. */
  inRule: boolean;
  next: string | null;
}

export interface AllowListChangeAnswer extends Success, AllowListChangeView {}

export interface OrderFilter {
  eventId?: string | undefined;
  userId?: string | undefined;
  state?: OrderState | undefined;
  /** Reserved at or after this time, ISO 8601. */
  since?: string | undefined;
  /** Reserved before this time, ISO 8601. */
  until?: string | undefined;
}

/** `cursor` is the `next` of the page before; without it the newest come first. */
export interface Page {
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface AuditLogFilter {
  actor?: string | undefined;
  action?: string | undefined;
  targetType?: string | undefined;
  targetId?: string | undefined;
  /** Made at or after this time, ISO 8601. */
  since?: string | undefined;
}

export interface AuditLogEntry {
  id: string;
  at: string;
  actor: string;
  action: string;
  targetType: string;
  targetId: string;
  before: unknown;
  after: unknown;
  requestId: string | null;
}

export interface AuditLogAnswer extends Success {
  entries: AuditLogEntry[];
  next: string | null;
}

/** What staff see of a user; of the national id only its end. */
export interface StaffUserView {
  id: string;
  phone: string;
  name: string | null;
  birthDate: string | null;
  workStatus: string | null;
  nationalId: string | null;
  /** Why they are on the deny list, which rules with `untrustworthy` ask; null when they are not. */
  deniedReason: string | null;
  /** Since when the account is locked; null when it is not. */
  blockedAt: string | null;
  blockedBy: string | null;
  blockedReason: string | null;
  createdAt: string;
}

export interface UserAnswer extends Success {
  user: StaffUserView;
}

export interface UsersAnswer extends Success {
  users: StaffUserView[];
  next: string | null;
}

export interface UserFilter {
  phone?: string | undefined;
  /** `'true'`: only those whose account is locked. */
  blocked?: 'true' | 'false' | undefined;
  /** `'true'`: only those on the deny list. */
  denied?: 'true' | 'false' | undefined;
}

export interface NewUsersAnswer extends Success {
  dryRun: boolean;
  created: number;
  existing: number;
  users: NewUserOutcome[];
}
