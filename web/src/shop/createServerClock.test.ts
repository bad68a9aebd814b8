import { describe, expect, test } from '@jest/globals';
import { createServerClock } from './createServerClock.js';

const START = Date.parse('2030-01-01T00:00:00Z');
const at = (ms: number) => new Date(START + ms).toISOString();

describe("the shop's clock", () => {
  test('is right whatever the clock of this machine says', () => {
    let now = 500;
    const clock = createServerClock(() => now);
    clock.correct(at(0), 400, 500);
    expect(clock.nowMs()).toBe(START + 50);
    now = 1_500;
    expect(clock.nowMs()).toBe(START + 1_050);
  });

  test('believes the answer that travelled fastest, until that is long ago', () => {
    let now = 1_010;
    const clock = createServerClock(() => now);
    clock.correct(at(1_000), 1_000, 1_010);
    clock.correct(at(1_500), 1_000, 3_000);
    now = 3_000;
    expect(clock.nowMs()).toBe(START + 2_995);
    now = 40_000;
    clock.correct(at(50_000), 39_000, 40_000);
    expect(clock.nowMs()).toBe(START + 50_500);
  });

  test('is set anew when this machine has slept', () => {
    let now = 1_010;
    const clock = createServerClock(() => now);
    clock.correct(at(1_000), 1_000, 1_010);
    now = 2_000;
    clock.correct(at(3_600_000), 1_900, 2_000);
    expect(clock.nowMs()).toBe(START + 3_600_050);
  });
});
