import type { EventChange, EventSeenByRules, NewEvent, NewUser } from '../../../src/client/answers.js';
import type { RuleLink } from '../../../src/domain/wire.js';
import type { LimitName } from '../../../src/domain/limits.js';
import type { StaffRole } from '../../../src/domain/staffRole.js';
import { quote } from './quote.js';

const limitFlags: Readonly<Record<LimitName, string>> = {
  userRatePerSecond: '--user-rate',
  userBurst: '--user-burst',
  queueFactor: '--queue-factor',
  maxInFlight: '--max-in-flight',
  addressRatePerMinute: '--address-rate',
  addressBurst: '--address-burst',
};

type Flags = readonly (readonly [flag: string, value: string | number | undefined])[];

/** The commands of `spikectl` that do what the buttons of this page do. */
export const commandLine = {
  switchEvent: (how: 'pause' | 'resume' | 'close' | 'delete' | 'warm', id: string) => `spikectl event ${how} ${id}`,
  restock: (id: string, change: { by: number } | { quantity: number }) =>
    `spikectl event restock ${id} ${'by' in change ? `--by=${change.by}` : `--to ${change.quantity}`}`,
  createEvent(event: NewEvent, newCommodity: string | undefined) {
    const flags = withFlags('spikectl event create', [
      ['--key', event.key],
      ['--title', event.title],
      ['--commodity', newCommodity ?? event.commodityId],
      ['--price-cents', event.priceCents],
      ['--stock', event.quantity],
      ...fieldFlags(event),
    ]);
    const create = newCommodity === undefined ? flags : `${flags} --create-commodity`;
    const limits = withFlags('spikectl limit set EVENT', flagsOf(event.limits ?? {}));
    return hasLimits(event.limits) ? `${create} && ${limits}` : create;
  },
  changeEvent(id: string, { limits = {}, rule, ...change }: EventChange) {
    const isOpenToAll = rule?.length === 0;
    const flags = withFlags(`spikectl event update ${id}`, [
      ['--title', change.title],
      ['--price-cents', change.priceCents],
      ...fieldFlags({ ...change, ...(rule === undefined || isOpenToAll ? {} : { rule }) }),
    ]);
    const parts = [
      ...(Object.keys(change).length > 0 || rule !== undefined ? [isOpenToAll ? `${flags} --no-rule` : flags] : []),
      ...limitCommands(id, limits),
    ];
    return parts.join(' && ');
  },
  changeLimits: (eventId: string | undefined, changes: Partial<Record<LimitName, number | null>>) =>
    limitCommands(eventId, changes).join(' && '),
  endOrder: (how: 'cancel' | 'refund', id: string) => `spikectl order ${how} ${id}`,
  deadLetters: (how: 'replay' | 'purge', eventId: string | undefined) =>
    withFlags(`spikectl queue ${how}`, [['--event', eventId]]),
  user: (how: 'block' | 'unblock' | 'deny', id: string) =>
    how === 'deny' ? `spikectl user block ${id} --only-rules` : `spikectl user ${how} ${id}`,
  createUser: (user: NewUser) =>
    withFlags('spikectl user create', [
      ['--phone', user.phone],
      ['--name', user.name],
      ['--birth-date', user.birthDate],
      ['--work-status', user.workStatus],
      ['--national-id', user.nationalId],
    ]),
  allowList(eventId: string, users: readonly string[], isRemoval: boolean) {
    const shown = users.length > 5 ? ' --file users.txt' : users.map((user) => ` --user ${quote(user)}`).join('');
    return `spikectl event allow ${eventId}${shown}${isRemoval ? ' --remove' : ''}`;
  },
  createAdmin: (name: string, role: StaffRole) => `spikectl admin create ${quote(name)} --role ${role}`,
  changeAdmin: (name: string, change: { role: StaffRole } | { disabled: boolean }) =>
    `spikectl admin update ${quote(name)} ${'role' in change ? `--role ${change.role}` : change.disabled ? '--disable' : '--enable'}`,
  resetPassword: (name: string) => `spikectl admin passwd ${quote(name)}`,
  createCommodity: (name: string, description: string) =>
    withFlags(`spikectl commodity create ${quote(name)}`, [['--description', description || undefined]]),
  changeCommodity: (id: string, change: { name?: string | undefined; description?: string | null | undefined }) =>
    withFlags(`spikectl commodity update ${id}`, [
      ['--name', change.name],
      ['--description', change.description === null ? '' : change.description],
    ]),
  deleteCommodity: (id: string) => `spikectl commodity delete ${id}`,
  audit: (eventId: string | undefined) => (eventId === undefined ? 'spikectl audit' : `spikectl audit ${eventId}`),
  reconcile: (eventId: string, isForced: boolean) => `spikectl reconcile ${eventId}${isForced ? ' --force' : ''}`,
  /** @param rule undefined: the rule of the event */
  checkRule: (eventId: string, user: string, rule: readonly RuleLink[] | undefined) =>
    withFlags(`spikectl rule check ${eventId}`, [
      ['--user', user],
      ['--rule', rule === undefined ? undefined : JSON.stringify(rule)],
    ]),
  checkRuleDraft: (user: string, rule: readonly RuleLink[], event: EventSeenByRules) =>
    withFlags('spikectl rule check', [
      ['--user', user],
      ['--rule', JSON.stringify(rule)],
      ['--title', event.title],
      ['--commodity', event.commodityId],
      ['--price-cents', event.priceCents],
      ['--stock', event.quantity],
      ['--starts', event.startsAt],
      ['--ends', event.endsAt],
    ]),
};

function fieldFlags(fields: Omit<EventChange, 'limits'>): Flags {
  const { purchaseLimit, rule, startsAt, endsAt, paymentWindowSeconds } = fields;
  return [
    ['--limit', purchaseLimit],
    ['--rule', rule === undefined || rule.length === 0 ? undefined : JSON.stringify(rule)],
    ['--starts', startsAt],
    ['--ends', endsAt],
    ['--payment-window', paymentWindowSeconds === undefined ? undefined : `${paymentWindowSeconds}s`],
  ];
}

/** Setting and taking back are two commands. */
function limitCommands(eventId: string | undefined, changes: Partial<Record<LimitName, number | null>>): string[] {
  const entries = Object.entries(changes) as [LimitName, number | null][];
  const set = Object.fromEntries(entries.filter(([, value]) => value !== null)) as Partial<Record<LimitName, number>>;
  const reset = entries.filter(([, value]) => value === null).map(([name]) => limitFlags[name]);
  const scope = eventId === undefined ? '' : ` ${eventId}`;
  return [
    ...(hasLimits(set) ? [withFlags(`spikectl limit set${scope}`, flagsOf(set))] : []),
    ...(reset.length > 0 ? [`spikectl limit reset${scope} ${reset.join(' ')}`] : []),
  ];
}

function hasLimits(limits: Partial<Record<LimitName, number>> | undefined): boolean {
  return limits !== undefined && Object.keys(limits).length > 0;
}

function flagsOf(limits: Partial<Record<LimitName, number>>): Flags {
  return (Object.entries(limits) as [LimitName, number][]).map(([name, value]) => [limitFlags[name], value]);
}

function withFlags(command: string, flags: Flags): string {
  const given = flags.filter(([, value]) => value !== undefined);
  return [command, ...given.map(([flag, value]) => `${flag} ${quote(String(value))}`)].join(' ');
}
