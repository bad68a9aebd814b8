import { expect, test } from '@jest/globals';
import { settings } from '../../../config/settings.js';
import { limitBounds, limitNames } from '../../../domain/limits.js';

test.each(limitNames)('the bounds of %s are those of its setting: what one accepts the other does', (name) => {
  const { schema } = settings[name];
  const { min, max, isInteger } = limitBounds[name];
  for (const inside of [min, max]) expect(schema.safeParse(inside).success).toBe(true);
  for (const outside of [min - 0.001, max + 1]) expect(schema.safeParse(outside).success).toBe(false);
  expect(schema.safeParse(min + 0.5).success).toBe(!isInteger);
});
