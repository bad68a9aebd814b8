import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newEvent, type EventFlags } from './newEvent.js';

const nowMs = Date.parse('2026-05-01T10:00:00.000Z');
const flags: EventFlags = {
  title: 'Sneakers',
  commodity: 'Sneakers',
  price: '9.99',
  stock: 100,
  limit: 1,
  starts: '+10m',
  ends: '+1h',
  'payment-window': '15m',
};

describe('an event as typed', () => {
  it('ends so long after its start as it was told', async () => {
    expect(await newEvent(flags, nowMs)).toEqual({
      title: 'Sneakers',
      priceCents: 999,
      quantity: 100,
      purchaseLimit: 1,
      rule: [],
      startsAt: '2026-05-01T10:10:00.000Z',
      endsAt: '2026-05-01T11:10:00.000Z',
      paymentWindowSeconds: 900,
    });
  });

  it('may be given its price in cents', async () => {
    expect(await newEvent({ ...flags, price: undefined, 'price-cents': 5 }, nowMs)).toMatchObject({ priceCents: 5 });
  });

  it.each<[string, Partial<EventFlags>]>([
    ['no title', { title: undefined }],
    ['an empty title', { title: '  ' }],
    ['no stock', { stock: undefined }],
    ['no commodity', { commodity: undefined }],
    ['no price', { price: undefined }],
    ['an end before the start', { ends: '2026-05-01T10:05:00Z' }],
    ['an end that is the start', { ends: '2026-05-01T10:10:00Z' }],
    ['an end in the past', { starts: '2020-01-01T00:00:00Z', ends: '2020-01-02T00:00:00Z' }],
    ['a bad time', { starts: 'soon' }],
    ['a bad price', { price: '9,99' }],
    ['a bad payment window', { 'payment-window': '15' }],
    ['a rule that is not JSON', { rule: '[{' }],
    ['a rule that is not a chain of filters', { rule: '[1]' }],
    ['a link without a name', { rule: '[{"rule":{}}]' }],
    ['a rule file that is not there', { rule: './no-such-file.json' }],
  ])('is refused with %s, before anything is sent', async (_what, wrong) => {
    await expect(newEvent({ ...flags, ...wrong }, nowMs)).rejects.toMatchObject({
      code: 'USAGE',
      exit: 2,
      suggestions: expect.arrayContaining([expect.any(String)]),
    });
  });

  it('takes its rule as JSON or from a file', async () => {
    const rule = [{ name: 'base', rule: { age: { min: 18 } } }];
    const folder = await mkdtemp(path.join(os.tmpdir(), 'rule-'));
    const file = path.join(folder, 'rule.json');
    await writeFile(file, JSON.stringify(rule));
    try {
      expect(await newEvent({ ...flags, rule: JSON.stringify(rule) }, nowMs)).toMatchObject({ rule });
      expect(await newEvent({ ...flags, rule: file }, nowMs)).toMatchObject({ rule });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('leaves a rule that was given as text for the service to read', async () => {
    const rule = '[{"name":"base","rule":"{\\"age\\":{\\"min\\":18}}"}]';
    expect((await newEvent({ ...flags, rule }, nowMs)).rule).toEqual([{ name: 'base', rule: '{"age":{"min":18}}' }]);
  });
});
