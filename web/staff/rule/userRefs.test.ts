import { describe, expect, test } from '@jest/globals';
import { readUserRefs } from './userRefs.js';

describe('users that are pasted', () => {
  test('are told apart by their form, each taken once', () => {
    expect(readUserRefs('7, 12\n+49 170 123-4567\n0170 1234567; 7\n\n')).toEqual({
      userIds: ['7', '12'],
      phones: ['+491701234567', '01701234567'],
      wrong: [],
    });
  });

  test('that are neither ids nor phone numbers are named', () => {
    expect(readUserRefs('Anna\n<script>alert(1)</script>\n+1\n0').wrong).toEqual([
      'Anna',
      '<script>alert(1)</script>',
      '+1',
      '0',
    ]);
  });
});
