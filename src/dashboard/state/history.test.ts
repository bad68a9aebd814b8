import { describe, expect, test } from '@jest/globals';
import type { LiveFrame } from '../../domain/wire/live.js';
import { addFrame, emptyHistory, type History } from './history.js';
import { sampleEvent, sampleFrame } from './sampleView.js';

function frameAt(second: number, accepted: number | null): LiveFrame {
  const { outcomes } = sampleEvent();
  const event = sampleEvent({ outcomes: accepted === null ? null : { ...outcomes!, accepted } });
  return sampleFrame({ at: new Date(Date.UTC(2026, 4, 1, 10, 0, second)).toISOString(), events: [event] });
}

function historyOf(frames: readonly LiveFrame[]): History {
  return frames.reduce<{ history: History; before: LiveFrame | undefined }>(
    ({ history, before }, frame) => ({ history: addFrame(history, before, frame), before: frame }),
    { history: emptyHistory, before: undefined },
  ).history;
}

const accepted = (history: History) => history.rates.get('3')!.map((sample) => sample.accepted);

describe('the history', () => {
  test('tells answers a second between frames, however far apart they are', () => {
    expect(accepted(historyOf([frameAt(0, 100), frameAt(1, 150), frameAt(3, 350)]))).toEqual([50, 100]);
  });

  test('has no rate across a time in which nothing was known', () => {
    expect(accepted(historyOf([frameAt(0, 100), frameAt(1, null), frameAt(2, 900), frameAt(3, 910)]))).toEqual([10]);
  });

  test('is never below zero when the counts begin anew', () => {
    expect(accepted(historyOf([frameAt(0, 100), frameAt(1, 0)]))).toEqual([0]);
  });

  test('keeps two minutes and forgets events that are gone', () => {
    const frames = Array.from({ length: 200 }, (_, second) => frameAt(second, second));
    const history = historyOf(frames);
    expect(accepted(history)).toHaveLength(120);
    expect(addFrame(history, frames.at(-1), sampleFrame({ events: [] })).rates.size).toBe(0);
  });
});
