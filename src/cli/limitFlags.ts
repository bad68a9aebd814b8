import { Flags } from '@oclif/core';
import { limitBounds, type LimitName, type LimitView } from '../domain/limits.js';
import type { LimitsView } from '../domain/wire.js';
import { usageError } from './errors.js';
import type { Column } from './table.js';

/** The flags of limits, and the limit that each sets. */
const flagLimits = {
  'user-rate': 'userRatePerSecond',
  'user-burst': 'userBurst',
  'queue-factor': 'queueFactor',
  'max-in-flight': 'maxInFlight',
  'address-rate': 'addressRatePerMinute',
  'address-burst': 'addressBurst',
} as const satisfies Record<string, LimitName>;

export type LimitFlag = keyof typeof flagLimits;

const meanings: Readonly<Record<LimitName, string>> = {
  userRatePerSecond: 'Purchase requests a second that one user may go on sending',
  userBurst: 'Purchase requests that one user may send at once',
  queueFactor: 'Requests let through per unit left; the others wait for their outcome',
  maxInFlight: 'Purchases that one spike process has in hand at once',
  addressRatePerMinute: 'Registrations and logins a minute of one address; for all events only',
  addressBurst: 'Registrations and logins of one address at once; for all events only',
};

const flagNames = Object.keys(flagLimits) as LimitFlag[];

/** The flag that sets a limit, without its dashes. */
export function limitFlagOf(name: LimitName): LimitFlag {
  return flagNames.find((flag) => flagLimits[flag] === name)!;
}

/** `--user-rate N` and so on, each checked against its bounds. */
export const limitValueFlags = Object.fromEntries(flagNames.map((flag) => [flag, valueFlag(flag)])) as Record<
  LimitFlag,
  ReturnType<typeof valueFlag>
>;

function valueFlag(flag: LimitFlag) {
  const name = flagLimits[flag];
  const { min, max, isInteger } = limitBounds[name];
  return Flags.custom<number>({
    helpValue: 'N',
    description: meanings[name],
    parse: async (text) => {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (Number.isFinite(value) && value >= min && value <= max && (!isInteger || Number.isInteger(value)))
        return value;
      throw usageError(
        `'${text}' is not ${isInteger ? 'a whole number' : 'a number'} from ${min} to ${max}.`,
        `--${flag} ${Math.max(min, 10)}`,
      );
    },
  })();
}

/** `--user-rate` and so on without a value: which limits are meant. */
export const limitNameFlags = Object.fromEntries(flagNames.map((flag) => [flag, nameFlag(flag)])) as Record<
  LimitFlag,
  ReturnType<typeof nameFlag>
>;

function nameFlag(flag: LimitFlag) {
  return Flags.boolean({ description: `Only this one: ${meanings[flagLimits[flag]]}` });
}

/** The limits that flags set; what was not given is not in it. */
export function limitChanges<Value>(
  flags: Partial<Record<LimitFlag, Value | undefined>>,
): Partial<Record<LimitName, Value>> {
  const given = flagNames.flatMap((flag) =>
    flags[flag] === undefined ? [] : [[flagLimits[flag], flags[flag]] as const],
  );
  return Object.fromEntries(given);
}

/** @throws a usage error for a limit of addresses that is meant for one event */
export function assertOfEvents(changes: Partial<Record<LimitName, unknown>>, eventId: string | undefined): void {
  const wrong = (['addressRatePerMinute', 'addressBurst'] as const).find((name) => name in changes);
  if (eventId === undefined || wrong === undefined) return;
  throw usageError(
    'Registration and login belong to no event, so their limits hold for all.',
    'Leave the event out: spikectl limit set --address-rate 60',
  );
}

const originTexts: Readonly<Record<LimitView['origin'], string>> = {
  event: 'this event',
  global: 'all events',
  setting: 'setting',
};

export const limitColumns: Column<LimitView>[] = [
  { name: 'name', value: (limit) => limit.name },
  { name: 'value', value: (limit) => limit.value },
  {
    name: 'origin',
    heading: 'FROM',
    value: (limit) => limit.origin,
    show: ({ origin }, paint) => paint(origin === 'setting' ? 'dim' : 'cyan', originTexts[origin]),
  },
  { name: 'event', heading: 'THIS EVENT', value: (limit) => limit.event },
  { name: 'global', heading: 'ALL EVENTS', value: (limit) => limit.global },
  { name: 'setting', value: (limit) => limit.setting },
];

/** `event 3` or `all events`, for what is said about a change. */
export function scopeText(eventId: string | null | undefined): string {
  return eventId === undefined || eventId === null ? 'all events' : `event ${eventId}`;
}

/** What changed, one line a limit: `userBurst: 40 → 3`. */
export function limitDifferences(before: LimitsView, after: Pick<LimitsView, 'limits'>): string[] {
  const values = new Map(before.limits.map((limit) => [limit.name, limit]));
  return after.limits.flatMap(({ name, value, origin }) => {
    const old = values.get(name);
    if (old === undefined || (old.value === value && old.origin === origin)) return [];
    return [`${name}: ${old.value} (${originTexts[old.origin]}) → ${value} (${originTexts[origin]})`];
  });
}
