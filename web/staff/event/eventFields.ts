import type { EventChange, EventSeenByRules, NewEvent } from '../../../src/client/answers.js';
import { eventLimitNames } from '../../../src/domain/limits.js';
import type { EventLimits } from '../../../src/domain/saleEvent.js';
import type { LiveEventView } from '../../../src/domain/wire/live.js';
import { eventFormTexts } from '../text/eventForm.js';
import { fromTimeInput, readCents, readNumber, readWhole, toPriceInput, toTimeInput } from '../text/inputs.js';

const { faults: faultTexts } = eventFormTexts;

/** An event as it is typed. */
export interface EventFields extends Record<keyof EventLimits, string> {
  title: string;
  /** Empty: a new one, of the name below. */
  commodityId: string;
  commodityName: string;
  price: string;
  quantity: string;
  purchaseLimit: string;
  key: string;
  startsAt: string;
  endsAt: string;
  paymentMinutes: string;
}

/** What is wrong, by the name that the field has on the wire. */
export type Faults = ReadonlyMap<string, string>;

type Typed = Omit<NewEvent, 'commodityId' | 'rule'>;

const SECONDS_PER_MINUTE = 60;
const HOUR_MS = 3_600_000;

export function emptyFields(nowMs: number): EventFields {
  const startMs = Math.ceil((nowMs + HOUR_MS) / HOUR_MS) * HOUR_MS;
  return {
    title: '',
    commodityId: '',
    commodityName: '',
    price: '',
    quantity: '',
    purchaseLimit: '1',
    key: '',
    startsAt: toTimeInput(new Date(startMs).toISOString()),
    endsAt: toTimeInput(new Date(startMs + HOUR_MS).toISOString()),
    paymentMinutes: '15',
    userRatePerSecond: '',
    userBurst: '',
    queueFactor: '',
    maxInFlight: '',
  };
}

export function fieldsOfEvent(event: LiveEventView): EventFields {
  const limits = eventLimitNames.map((name) => [name, String(event.ownLimits[name] ?? '')]);
  return {
    ...(Object.fromEntries(limits) as Record<keyof EventLimits, string>),
    title: event.title,
    commodityId: event.commodity.id,
    commodityName: '',
    price: toPriceInput(event.priceCents),
    quantity: String(event.quantity),
    purchaseLimit: String(event.purchaseLimit),
    key: '',
    startsAt: toTimeInput(event.startsAt),
    endsAt: toTimeInput(event.endsAt),
    paymentMinutes: String(event.paymentWindowSeconds / SECONDS_PER_MINUTE),
  };
}

/** Reads what was typed. Only what cannot be read is a fault here; whether it may be so, the service says. */
export function readEvent(fields: EventFields): { event: Typed; faults: Faults } {
  const faults = new Map<string, string>();
  const need = <T>(name: string, value: T | undefined, fault: string, instead: T): T => {
    if (value === undefined) faults.set(name, fault);
    return value ?? instead;
  };
  const minutes = readNumber(fields.paymentMinutes);
  const event: Typed = {
    title: need('title', fields.title.trim() || undefined, faultTexts.required, ''),
    priceCents: need('priceCents', readCents(fields.price), faultTexts.price, 0),
    quantity: need('quantity', readWhole(fields.quantity), faultTexts.whole, 1),
    purchaseLimit: need('purchaseLimit', readWhole(fields.purchaseLimit), faultTexts.whole, 1),
    startsAt: need('startsAt', fromTimeInput(fields.startsAt), faultTexts.time, ''),
    endsAt: need('endsAt', fromTimeInput(fields.endsAt), faultTexts.time, ''),
    paymentWindowSeconds: need(
      'paymentWindowSeconds',
      minutes === undefined ? undefined : Math.round(minutes * SECONDS_PER_MINUTE),
      faultTexts.number,
      1,
    ),
    limits: readLimits(fields, faults),
    ...(fields.key.trim() === '' ? {} : { key: fields.key.trim() }),
  };
  if (event.startsAt !== '' && event.endsAt !== '' && Date.parse(event.endsAt) <= Date.parse(event.startsAt))
    faults.set('endsAt', faultTexts.order);
  if (fields.commodityId === '' && fields.commodityName.trim() === '') faults.set('commodityName', faultTexts.required);
  return { event, faults };
}

/** Of the faults that were found, those that what is typed now still has. */
export function faultsLeft(found: Faults, fields: EventFields): Faults {
  return new Map([...readEvent(fields).faults].filter(([name]) => found.has(name)));
}

/** What a rule can see of an event in the making: the fields that can be read so far. */
export function seenByRules(fields: EventFields): EventSeenByRules {
  const { event, faults } = readEvent(fields);
  const names = ['title', 'priceCents', 'quantity', 'startsAt', 'endsAt'] as const;
  const read = names.filter((name) => !faults.has(name)).map((name) => [name, event[name]] as const);
  const { commodityId } = fields;
  return { ...Object.fromEntries(read), ...(commodityId === '' ? {} : { commodityId }) };
}

/** What is another value than before, of that which `PUT /admin/spike/:id` changes here. */
export function changeOf(before: LiveEventView, { event }: ReturnType<typeof readEvent>): EventChange {
  const names = ['title', 'priceCents', 'purchaseLimit', 'paymentWindowSeconds'] as const;
  const changed = names.filter((name) => event[name] !== before[name]).map((name) => [name, event[name]] as const);
  // Fields know seconds; the event may know milliseconds.
  const times = (['startsAt', 'endsAt'] as const).filter(
    (name) => toTimeInput(before[name]) !== toTimeInput(event[name]),
  );
  return Object.fromEntries([...changed, ...times.map((name) => [name, event[name]] as const)]);
}

function readLimits(fields: EventFields, faults: Map<string, string>): Partial<EventLimits> {
  const limits: Partial<EventLimits> = {};
  for (const name of eventLimitNames) {
    if (fields[name].trim() === '') continue;
    const value = readNumber(fields[name]);
    if (value === undefined) faults.set(`limits.${name}`, faultTexts.number);
    else limits[name] = value;
  }
  return limits;
}
