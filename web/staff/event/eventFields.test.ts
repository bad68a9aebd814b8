import { describe, expect, test } from '@jest/globals';
import type { LiveEventView } from '../../../src/domain/wire/live.js';
import { changeOf, emptyFields, faultsLeft, fieldsOfEvent, readEvent, seenByRules } from './eventFields.js';

const event = {
  title: 'Lamps',
  commodity: { id: '5', name: 'Lamp', description: null },
  priceCents: 999,
  quantity: 100,
  purchaseLimit: 2,
  startsAt: '2030-01-31T12:00:00.250Z',
  endsAt: '2030-01-31T13:00:00.000Z',
  paymentWindowSeconds: 90,
  ownLimits: { userBurst: 3 },
} as LiveEventView;

describe('the fields of an event', () => {
  test('hold the event, and give it back as it was', () => {
    const read = readEvent(fieldsOfEvent(event));
    expect([...read.faults]).toEqual([]);
    expect(read.event).toMatchObject({
      title: 'Lamps',
      priceCents: 999,
      quantity: 100,
      paymentWindowSeconds: 90,
      limits: { userBurst: 3 },
    });
    expect(changeOf(event, read)).toEqual({});
  });

  test('lose a fault once it is mended, and get no new one before they are sent', () => {
    const typed = { ...fieldsOfEvent(event), title: '', price: 'nine' };
    const { faults } = readEvent(typed);
    expect([...faultsLeft(faults, { ...typed, price: '9', quantity: '' }).keys()]).toEqual(['title']);
  });

  test('tell what is another value than before', () => {
    const fields = { ...fieldsOfEvent(event), price: '12', endsAt: '', title: ' Lamps! ' };
    const ends = { ...fields, endsAt: fieldsOfEvent({ ...event, endsAt: '2030-01-31T14:00:00.000Z' }).endsAt };
    expect(changeOf(event, readEvent(ends))).toEqual({
      title: 'Lamps!',
      priceCents: 1_200,
      endsAt: '2030-01-31T14:00:00.000Z',
    });
  });

  test('say what is missing or cannot be read, each at its place', () => {
    const fields = { ...emptyFields(Date.now()), price: 'much', quantity: '1.5', endsAt: '', queueFactor: 'x' };
    expect([...readEvent(fields).faults.keys()].sort()).toEqual([
      'commodityName',
      'endsAt',
      'limits.queueFactor',
      'priceCents',
      'quantity',
      'title',
    ]);
  });

  test('show a rule those that can be read so far', () => {
    const fields = { ...fieldsOfEvent(event), startsAt: '2030-01-31T12:00:00', endsAt: '2030-01-31T13:00:00' };
    const seen = {
      title: 'Lamps',
      commodityId: '5',
      priceCents: 999,
      quantity: 100,
      startsAt: new Date(fields.startsAt).toISOString(),
      endsAt: new Date(fields.endsAt).toISOString(),
    };
    expect(seenByRules(fields)).toEqual(seen);
    const { startsAt } = seen;
    expect(seenByRules({ ...fields, endsAt: fields.startsAt, price: 'much', queueFactor: 'x' })).toEqual({
      title: 'Lamps',
      commodityId: '5',
      quantity: 100,
      startsAt,
    });
    expect(seenByRules({ ...emptyFields(0), startsAt: '', endsAt: '' })).toEqual({});
  });

  test('begin with a window of an hour at a full hour to come', () => {
    const nowMs = Date.parse('2030-01-31T12:10:00Z');
    const { event: typed } = readEvent(emptyFields(nowMs));
    expect(typed.startsAt).toBe('2030-01-31T14:00:00.000Z');
    expect(typed.endsAt).toBe('2030-01-31T15:00:00.000Z');
  });

  test('that end before they start are a fault', () => {
    const fields = fieldsOfEvent(event);
    expect(readEvent({ ...fields, endsAt: fields.startsAt }).faults.has('endsAt')).toBe(true);
  });
});
