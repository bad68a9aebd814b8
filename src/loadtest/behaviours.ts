import { nearest } from '../domain/nearest.js';
import { badFire } from './fireError.js';

/**
 * How a buyer behaves:
 *
 * - `plain` sends its requests one after the other, whatever the answers are.
 * - `impatient` clicks three times at once, on the same ticket.
 * - `retry` waits as long as `Retry-After` says after a 429 or 503, and then asks again.
 * - `share` spends a ticket that belongs to another buyer. All of it must be refused.
 * - `forge` spends tickets that nobody has issued. All of it must be refused.
 * - `cancel` cancels what it got and buys again.
 * - `pay` pays for what it got.
 */
const behaviours = ['plain', 'impatient', 'retry', 'share', 'forge', 'cancel', 'pay'] as const;

export type Behaviour = (typeof behaviours)[number];

/** Behaviours by their share of the buyers, which are 1 in all. */
export type Mix = Partial<Record<Behaviour, number>>;

/**
 * `impatient=20%`, `forge=5`, `retry` → the shares. Those without a number split what the others leave; what nobody takes
 * buys plainly.
 *
 * @throws FireError for what is no behaviour, given twice, or more than all in sum
 */
export function parseMix(texts: readonly string[]): Mix {
  const given = new Map<Behaviour, number | undefined>();
  for (const text of texts) {
    const { name, share } = parseBehaviour(text);
    if (given.has(name)) throw badFire(`--behaviour ${name} is given twice.`);
    given.set(name, share);
  }
  const sum = [...given.values()].reduce<number>((total, share) => total + (share ?? 0), 0);
  if (sum > 1 + Number.EPSILON) throw badFire(`The shares of --behaviour are ${Math.round(sum * 100)} % in sum.`);
  const open = [...given].filter(([, share]) => share === undefined).length;
  const left = Math.max(0, 1 - sum);
  const mix: Mix = {};
  for (const [name, share] of given) mix[name] = share ?? left / open;
  if (open === 0 && left > 0) mix.plain = (mix.plain ?? 0) + left;
  return mix;
}

function parseBehaviour(text: string): { name: Behaviour; share: number | undefined } {
  const [, name = '', share] = /^([^=]*)(?:=(.*))?$/.exec(text.trim()) ?? [];
  const known = behaviours.find((behaviour) => behaviour === name);
  if (known === undefined) {
    const meant = nearest(name, behaviours);
    const hint = meant === undefined ? `One of ${behaviours.join(', ')}.` : `Did you mean ${meant}?`;
    throw badFire(`--behaviour: '${name}' is not a behaviour.`, hint);
  }
  if (share === undefined) return { name: known, share: undefined };
  const percent = /^(\d+(?:\.\d+)?)%?$/.exec(share)?.[1];
  if (percent === undefined || Number(percent) <= 0 || Number(percent) > 100)
    throw badFire(`--behaviour ${text}: the share must be more than 0 and at most 100 percent.`, `${name}=20%`);
  return { name: known, share: Number(percent) / 100 };
}

/** Deals the behaviours out so that any part of the buyers has about the same mix, and each that has a share has a buyer. */
export function dealBehaviours(mix: Mix, count: number): Behaviour[] {
  const entries = Object.entries(mix) as [Behaviour, number][];
  const dealt = new Map<Behaviour, number>(entries.map(([name]) => [name, 0]));
  return Array.from({ length: count }, (_, index) => {
    const behind = ([name, share]: [Behaviour, number]) => share * (index + 1) - dealt.get(name)!;
    const [next] = entries.reduce((best, entry) => (behind(entry) > behind(best) ? entry : best));
    dealt.set(next, dealt.get(next)! + 1);
    return next;
  });
}
