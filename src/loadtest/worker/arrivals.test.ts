import { arrivalAtMs, buyerStartMs, countArrivals } from './arrivals.js';

describe('arrivals at a rate', () => {
  test('are evenly apart', () => {
    const steady = { ratePerSecond: 200, rampMs: 0 };
    expect([0, 1, 2, 200].map((k) => arrivalAtMs(steady, k))).toEqual([0, 5, 10, 1_000]);
  });

  test('come faster and faster while the ramp lasts, and then at the full rate', () => {
    const ramped = { ratePerSecond: 100, rampMs: 4_000 };
    const times = Array.from({ length: 400 }, (_, k) => arrivalAtMs(ramped, k));
    const inSecond = (second: number) => times.filter((ms) => Math.floor(ms / 1_000) === second).length;
    expect([0, 1, 2, 3, 4, 5].map(inSecond)).toEqual([
      expect.closeTo(12.5, -1),
      expect.closeTo(37.5, -1),
      expect.closeTo(62.5, -1),
      expect.closeTo(87.5, -1),
      100,
      100,
    ]);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test.each([
    { ratePerSecond: 100, durationMs: 10_000, rampMs: 0, count: 1_000 },
    { ratePerSecond: 100, durationMs: 10_000, rampMs: 4_000, count: 800 },
    { ratePerSecond: 100, durationMs: 4_000, rampMs: 4_000, count: 200 },
    { ratePerSecond: 1, durationMs: 100, rampMs: 0, count: 1 },
  ])('$ratePerSecond a second for $durationMs ms with a ramp of $rampMs ms are $count', ({ count, ...open }) => {
    expect(countArrivals({ model: 'open', ...open })).toBe(count);
    expect(arrivalAtMs(open, count - 1)).toBeLessThan(open.durationMs);
    expect(arrivalAtMs(open, count)).toBeGreaterThanOrEqual(open.durationMs - 1e-6);
  });
});

test('buyers of the closed model begin at once, or one after the other over the ramp', () => {
  expect([0, 1, 2, 3].map((index) => buyerStartMs(0, index, 4))).toEqual([0, 0, 0, 0]);
  expect([0, 1, 2, 3].map((index) => buyerStartMs(1_000, index, 4))).toEqual([0, 250, 500, 750]);
});
