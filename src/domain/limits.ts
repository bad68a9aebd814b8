import type { EventLimits } from './saleEvent.js';

/** The limits that an event can have of its own. */
export const eventLimitNames = [
  'userRatePerSecond',
  'userBurst',
  'queueFactor',
  'maxInFlight',
] as const satisfies readonly (keyof EventLimits)[];

/** Every limit that can be changed while the system runs; those of addresses hold for register and login. */
export const limitNames = [
  ...eventLimitNames,
  'addressRatePerMinute',
  'addressBurst',
] as const satisfies readonly LimitName[];

export type LimitName = keyof EventLimits | 'addressRatePerMinute' | 'addressBurst';

export type Limits = Record<LimitName, number>;

/** Some of the limits, as an event, staff or a store has them. */
export type SomeLimits = Partial<Limits>;

/** Within what a limit may be set; the settings of the same names have the same bounds. */
export const limitBounds: Readonly<Record<LimitName, { min: number; max: number; isInteger: boolean }>> = {
  userRatePerSecond: { min: 0.01, max: 1e6, isInteger: false },
  userBurst: { min: 1, max: 1e6, isInteger: true },
  queueFactor: { min: 1, max: 1e6, isInteger: false },
  maxInFlight: { min: 1, max: 1e6, isInteger: true },
  addressRatePerMinute: { min: 0.1, max: 1e7, isInteger: false },
  addressBurst: { min: 1, max: 1e7, isInteger: true },
};

/** Where the value in force comes from: the event, staff for all events, or the setting that the process started with. */
type LimitOrigin = 'event' | 'global' | 'setting';

/** One limit as it is in force, and what each level says; null where a level says nothing. */
export interface LimitView {
  name: LimitName;
  value: number;
  origin: LimitOrigin;
  event: number | null;
  global: number | null;
  setting: number;
}

/**
 * Puts the levels over each other: the event's own, else what staff set for all events, else the setting.
 *
 * @param own undefined to see the limits of all events, which are more than those that an event can have
 */
export function explainLimits(settings: Limits, global: SomeLimits, own?: Partial<EventLimits>): LimitView[] {
  const names: readonly LimitName[] = own === undefined ? limitNames : eventLimitNames;
  return names.map((name) => {
    const ofEvent = own === undefined ? undefined : (own as SomeLimits)[name];
    const ofAll = global[name];
    const setting = settings[name];
    return viewLimit({ name, event: ofEvent ?? null, global: ofAll ?? null, setting });
  });
}

/** The value in force of what the levels say. */
export function viewLimit({ name, event, global, setting }: Omit<LimitView, 'value' | 'origin'>): LimitView {
  const origin = event !== null ? 'event' : global !== null ? 'global' : 'setting';
  return { name, value: event ?? global ?? setting, origin, event, global, setting };
}
