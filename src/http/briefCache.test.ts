import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createBriefCache } from './briefCache.js';

test('many who ask at once share one load, and the next moment loads anew', async () => {
  const cache = createBriefCache<number>(30);
  let loads = 0;
  const load = async () => {
    await sleep(5);
    return (loads += 1);
  };
  expect(await Promise.all(Array.from({ length: 100 }, () => cache.get('page', load)))).toEqual(Array(100).fill(1));
  expect(await cache.get('other page', load)).toBe(2);
  await sleep(35);
  expect(await cache.get('page', load)).toBe(3);
});

test('a failure is told to those who wait for it and not remembered', async () => {
  const cache = createBriefCache<string>(10_000);
  const fail = () => Promise.reject(new Error('away'));
  const asked = await Promise.allSettled([cache.get('page', fail), cache.get('page', fail)]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await cache.get('page', () => Promise.resolve('back'))).toBe('back');
});
