import { describe, expect, test } from '@jest/globals';
import { explainLimits, limitNames, type Limits } from './limits.js';

const settingsOf: Limits = {
  userRatePerSecond: 10,
  userBurst: 40,
  queueFactor: 5,
  maxInFlight: 2_000,
  addressRatePerMinute: 120,
  addressBurst: 60,
};

describe('explainLimits', () => {
  test('the event wins over staff, staff over the setting, and each value says where it comes from', () => {
    const views = explainLimits(settingsOf, { userBurst: 7, queueFactor: 2 }, { userBurst: 3 });
    expect(views).toEqual([
      { name: 'userRatePerSecond', value: 10, origin: 'setting', event: null, global: null, setting: 10 },
      { name: 'userBurst', value: 3, origin: 'event', event: 3, global: 7, setting: 40 },
      { name: 'queueFactor', value: 2, origin: 'global', event: null, global: 2, setting: 5 },
      { name: 'maxInFlight', value: 2_000, origin: 'setting', event: null, global: null, setting: 2_000 },
    ]);
  });

  test('the limits of addresses belong to all events and to none', () => {
    expect(explainLimits(settingsOf, {}).map(({ name }) => name)).toEqual(limitNames);
  });
});
