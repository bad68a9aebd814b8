import { describe, expect, it } from '@jest/globals';
import type { EventAudit } from '../domain/wire.js';
import { auditText } from './auditText.js';

const plain = (_style: string, text: string): string => text;
const sound: EventAudit = {
  id: '3',
  title: 'Sneakers',
  quantity: 100,
  available: 60,
  pending: 1,
  sold: 39,
  oversold: 0,
  duplicates: [],
  overLimit: [],
  lost: [],
  stuck: [],
  deadLettered: [],
  problems: [],
  ok: true,
};

describe('the verdict of an audit', () => {
  it('is the sum of a sound event', () => {
    expect(auditText({ ok: true, events: [sound] }, plain)).toBe(
      '✓ Event 3 Sneakers: 100 = 60 available + 1 pending + 39 sold',
    );
  });

  it('names every offender by id', () => {
    const broken = {
      ...sound,
      ok: false,
      sold: 41,
      oversold: 2,
      lost: ['3-A', '3-B'],
      overLimit: ['7'],
      problems: ['MySQL has one order that Redis does not know.'],
    };
    const text = auditText({ ok: false, events: [broken] }, plain);
    expect(text).toContain('✗ Event 3 Sneakers: 100 ≠ 60 available + 1 pending + 41 sold');
    expect(text).toMatch(/oversold.*2 units/);
    expect(text).toMatch(/lost.*3-A, 3-B/);
    expect(text).toMatch(/overLimit.*7/);
    expect(text).toContain(broken.problems[0]);
  });

  it('says unknown, never 0, for stock that Redis cannot tell', () => {
    const text = auditText({ ok: false, events: [{ ...sound, available: null, pending: null, ok: false }] }, plain);
    expect(text).toContain('unknown available + unknown pending');
  });

  it('names a bounded number of offenders and says how many more there are', () => {
    const lost = Array.from({ length: 1_000 }, (_, index) => `3-${index}`);
    expect(auditText({ ok: false, events: [{ ...sound, lost, ok: false }] }, plain)).toContain('and 980 more');
  });
});
