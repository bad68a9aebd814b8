import { describe, expect, it } from '@jest/globals';
import { nearest } from './nearest.js';

describe('the nearest word', () => {
  it('is the one that was most likely meant', () => {
    expect(nearest('evnt lst', ['event list', 'event show', 'order list'])).toBe('event list');
    expect(nearest('--stok', ['--stock', '--starts'])).toBe('--stock');
    expect(nearest('PAYD', ['paid', 'ordered'])).toBe('paid');
  });

  it('is none when nothing comes close, instead of a guess', () => {
    expect(nearest('frobnicate', ['event list', 'audit'])).toBeUndefined();
    expect(nearest('ab', ['xy'])).toBeUndefined();
    expect(nearest('a', [])).toBeUndefined();
  });
});
