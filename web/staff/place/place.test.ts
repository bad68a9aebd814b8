import { describe, expect, test } from '@jest/globals';
import { href, readPlace } from './place.js';

describe('a place', () => {
  test.each([
    ['', [], ''],
    ['#/events/7?tab=rule', ['events', '7'], 'tab=rule'],
    ['#/users/%2B49%20170', ['users', '+49 170'], ''],
    ['#/%E0%A4%A', ['%E0%A4%A'], ''],
  ])('is read from %j', (hash, path, query) => {
    const place = readPlace(hash);
    expect(place.path).toEqual(path);
    expect(place.query.toString()).toBe(query);
  });

  test('of any name is found again', () => {
    const name = 'a/b?c=d#<script>&%';
    const place = readPlace(href(['staff', name], { q: name, empty: '' }));
    expect(place.path).toEqual(['staff', name]);
    expect([...place.query]).toEqual([['q', name]]);
  });
});
