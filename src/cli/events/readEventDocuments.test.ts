import { describe, expect, it } from '@jest/globals';
import type { StaffEventView } from '../../domain/wire.js';
import { documentText } from './documentText.js';
import { parseEventDocuments } from './readEventDocuments.js';

const one = 'title: Lamps\ncommodity: Lamp\npriceCents: 1999\nquantity: 100\n';
const other = one.replace('Lamps', 'Vinyl');
const parse = (content: string) => parseEventDocuments(content, 'events.yaml');
const titles = (content: string) => parse(content).map(({ document }) => document.title);

function failure(content: string): string {
  try {
    parse(content);
  } catch (error) {
    expect(error).toMatchObject({ code: 'USAGE', exit: 2, suggestions: [expect.any(String)] });
    return (error as Error).message;
  }
  throw new Error('it was read');
}

describe('a file of events', () => {
  it.each([
    ['one event', one, ['Lamps']],
    ['several YAML documents', `${one}---\n${other}`, ['Lamps', 'Vinyl']],
    [
      'a list',
      `- ${one.replaceAll('\n', '\n  ').trimEnd()}\n- {${other.trim().replaceAll('\n', ', ')}}`,
      ['Lamps', 'Vinyl'],
    ],
    [
      'a list under events',
      JSON.stringify({ events: [{ title: 'Lamps', commodity: 'Lamp', priceCents: 1, quantity: 1 }] }),
      ['Lamps'],
    ],
    ['JSON', JSON.stringify([{ title: 'Lamps', commodity: 'Lamp', priceCents: 1, quantity: 1 }]), ['Lamps']],
    ['documents of which one is empty', `${one}---\n`, ['Lamps']],
  ])('may hold %s', (_what, content, expected) => {
    expect(titles(content)).toEqual(expected);
  });

  it('names every fault by its place, with the name that was meant', () => {
    const message = failure(`${one}---\n${one.replace('title', 'titel')}limits: {userBrust: 3}\n`);
    expect(message).toContain('events[1].titel: is not known here (did you mean title?)');
    expect(message).toContain('events[1].title: is required');
    expect(message).toContain('events[1].limits.userBrust: is not known here (did you mean userBurst?)');
  });

  it('names the fields of an only event without its place in a list', () => {
    expect(failure(one.replace('quantity: 100', 'quantity: many'))).toMatch(/^events\.yaml: quantity: .*number/);
  });

  it.each([
    ['', 'describes no event'],
    ['# nothing\n', 'describes no event'],
    ['[]', 'describes no event'],
    ['title: "open', 'neither YAML nor JSON'],
    ['title: a\ntitle: b', 'neither YAML nor JSON'],
    ['just words', 'expected object'],
    [`${one}rule: adults\n`, 'rule'],
    [`${one}__proto__: {a: 1}\n`, '__proto__'],
  ])('refuses %p: %s', (content, reason) => {
    expect(failure(content)).toContain(reason);
  });

  it.each(['yaml', 'json'] as const)('is what an event is exported as (%s)', (form) => {
    const view = {
      id: '3',
      key: 'lamps',
      title: `Lamps: ${'bright '.repeat(30)}#1`,
      commodity: { id: '1', name: 'Lamp', description: null },
      priceCents: 1_999,
      quantity: 100,
      purchaseLimit: 2,
      rule: [{ name: 'base', rule: { age: { min: 18 } } }],
      startsAt: '2030-01-01T12:00:00.000Z',
      endsAt: '2030-01-01T13:00:00.000Z',
      paymentWindowSeconds: 900,
      ownLimits: { userBurst: 3 },
      limits: { userBurst: 3, userRatePerSecond: 10, queueFactor: 5, maxInFlight: 2_000 },
    } as StaffEventView;
    const { id: _id, limits: _inForce, ownLimits, commodity, ...same } = view;
    expect(parse(documentText(view, form))).toEqual([
      { place: '', document: { ...same, commodity: commodity.name, limits: ownLimits } },
    ]);
  });
});
