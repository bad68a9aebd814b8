import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { LiveFrame } from '../../../domain/wire/live.js';
import { createLog } from '../../../http/createLog.js';
import { createLiveFeed, type LiveFeed } from './createLiveFeed.js';

const log = createLog({ service: 'test', level: 'silent' });

let feed: LiveFeed;
let gathered: number;
let gatherers: number;
/** How long a frame takes. */
let gatherMs: number;

beforeEach(() => {
  jest.useFakeTimers();
  gathered = 0;
  gatherers = 0;
  gatherMs = 0;
  feed = createLiveFeed(
    () => {
      gatherers += 1;
      return async () => {
        const sequence = (gathered += 1);
        await new Promise((resolve) => setTimeout(resolve, gatherMs));
        return { sequence } as LiveFrame;
      };
    },
    { intervalMs: 1_000, log },
  );
});

afterEach(() => {
  jest.useRealTimers();
});

function listen() {
  const frames: number[] = [];
  let ends = 0;
  const stop = feed.listen({ onFrame: ({ sequence }) => frames.push(sequence), onEnd: () => (ends += 1) });
  return { frames, stop, ends: () => ends };
}

describe('the live feed', () => {
  test('gathers nothing while nobody listens', async () => {
    await jest.advanceTimersByTimeAsync(10_000);
    expect(gathered).toBe(0);
  });

  test('gathers once a second, however many listen, and gives all of them the same frames', async () => {
    const first = listen();
    await jest.advanceTimersByTimeAsync(2_500);
    const second = listen();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(first.frames).toEqual([1, 2, 3, 4, 5]);
    expect(second.frames).toEqual([3, 4, 5]);
    expect(gathered).toBe(5);
  });

  test('stops gathering with the last listener, and begins anew with the next', async () => {
    const one = listen();
    await jest.advanceTimersByTimeAsync(1_500);
    one.stop();
    const before = gathered;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(gathered).toBe(before);
    const gatherersBefore = gatherers;
    listen();
    await jest.advanceTimersByTimeAsync(0);
    expect({ gathered, gatherers }).toEqual({ gathered: before + 1, gatherers: gatherersBefore + 1 });
  });

  test('gives nobody a frame twice that took longer than a second, nor one that was begun for those before', async () => {
    gatherMs = 1_500;
    const one = listen();
    await jest.advanceTimersByTimeAsync(4_200);
    one.stop();
    const next = listen();
    await jest.advanceTimersByTimeAsync(3_600);
    expect({ one: one.frames, next: next.frames }).toEqual({ one: [1, 2], next: [4, 5] });
  });

  test('gives who asks for one frame the one that was gathered a moment ago', async () => {
    const asked = Promise.all([feed.once(), feed.once()]);
    await jest.advanceTimersByTimeAsync(0);
    const frames = await asked;
    expect(frames.map(({ sequence }) => sequence)).toEqual([1, 1]);
    await jest.advanceTimersByTimeAsync(600);
    const later = feed.once();
    await jest.advanceTimersByTimeAsync(0);
    expect((await later).sequence).toBe(2);
  });

  test('tells every listener that it ends', () => {
    const listeners = [listen(), listen()];
    feed.end();
    expect(listeners.map(({ ends }) => ends())).toEqual([1, 1]);
  });
});
