import type {
  CommodityView,
  OrderView,
  Outcomes,
  ShopEventView,
  StaffEventView,
  StaffView,
} from '../../domain/wire.js';
import type { LimitView } from '../../domain/limits.js';

/** The things of one small sale, as all examples of the API document show them. */

export const exampleIds = {
  event: '7',
  order: '7-01JGFJJZ00000000000000000A',
  user: '42',
  commodity: '3',
  'member of staff': '2',
} as const;

export const exampleTime = '2030-01-01T12:00:00.000Z';
export const exampleTicket = 'eyJlIjoiNyIsInUiOiI0MiJ9.5c2a8f0c';

export const exampleToken = { token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', expire: '2030-01-02T12:00:00.000Z' };

const exampleRule = [
  { name: 'base', rule: { age: { min: 18 } } },
  { name: 'untrustworthy', rule: {} },
];

export const exampleCommodity: CommodityView = {
  id: exampleIds.commodity,
  name: 'Desk lamp',
  description: 'Brass, 40 cm',
  createdAt: exampleTime,
  updatedAt: exampleTime,
};

export const exampleShopEvent: ShopEventView = {
  id: exampleIds.event,
  title: 'Lamps at half price',
  commodity: { id: exampleIds.commodity, name: 'Desk lamp', description: 'Brass, 40 cm' },
  state: 'open',
  priceCents: 1999,
  quantity: 100,
  available: 99,
  purchaseLimit: 1,
  startsAt: exampleTime,
  endsAt: '2030-01-01T18:00:00.000Z',
  paymentWindowSeconds: 900,
};

const outcomes: Outcomes = {
  accepted: 1,
  pending: 0,
  soldOut: 0,
  alreadyOrdered: 0,
  limited: 0,
  notEligible: 0,
  overloaded: 0,
  error: 0,
};

export const exampleEvent: StaffEventView = {
  ...exampleShopEvent,
  key: 'lamps-2030',
  pending: 0,
  sold: 1,
  rule: exampleRule,
  ruleVersion: 1,
  fence: '1',
  limits: { userRatePerSecond: 10, userBurst: 40, queueFactor: 5, maxInFlight: 2000 },
  ownLimits: {},
  outcomes,
  rates: [{ windowSeconds: 10, perSecond: { ...outcomes, accepted: 0.1 } }],
  times: { firstAcceptedAt: exampleTime, lastAcceptedAt: exampleTime },
  createdAt: exampleTime,
  updatedAt: exampleTime,
};

export const exampleNewEvent = {
  key: 'lamps-2030',
  title: 'Lamps at half price',
  commodityId: exampleIds.commodity,
  priceCents: 1999,
  quantity: 100,
  rule: exampleRule,
  startsAt: exampleTime,
  endsAt: '2030-01-01T18:00:00Z',
};

export const exampleOrder: OrderView = {
  id: exampleIds.order,
  eventId: exampleIds.event,
  eventTitle: 'Lamps at half price',
  userId: exampleIds.user,
  quantity: 1,
  priceCents: 1999,
  state: 'ordered',
  reservedAt: exampleTime,
  orderedAt: '2030-01-01T12:00:00.020Z',
  payBefore: '2030-01-01T12:15:00.020Z',
  paidAt: null,
  endedAt: null,
};

export const exampleHistory = [
  { at: exampleTime, what: 'reserved', by: 'shopper', note: null },
  { at: '2030-01-01T12:00:00.020Z', what: 'stored', by: null, note: 'to be paid before 2030-01-01T12:15:00.020Z' },
];

export const exampleNewUser = {
  phone: '+49 170 1234567',
  password: 'correct horse',
  name: 'Anna',
  birthDate: '1990-02-28',
  workStatus: 'employed',
};

export const exampleUser = {
  id: exampleIds.user,
  phone: '+491701234567',
  name: 'Anna',
  birthDate: '1990-02-28',
  workStatus: 'employed',
  nationalId: null,
  deniedReason: null,
  blockedAt: null,
  blockedBy: null,
  blockedReason: null,
  createdAt: exampleTime,
};

export const exampleStaff: StaffView = {
  id: exampleIds['member of staff'],
  username: 'olga',
  role: 'operator',
  disabledAt: null,
  createdAt: exampleTime,
  passwordChangedAt: null,
};

export const exampleLimits: LimitView[] = [
  { name: 'userRatePerSecond', value: 10, origin: 'setting', event: null, global: null, setting: 10 },
  { name: 'userBurst', value: 20, origin: 'event', event: 20, global: null, setting: 40 },
];
