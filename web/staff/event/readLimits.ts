import { limitBounds, type LimitName, type LimitView } from '../../../src/domain/limits.js';
import type { LimitChanges } from '../api/saleCalls.js';
import { readNumber } from '../text/inputs.js';

/**
 * What becomes another value: null for what is taken back.
 *
 * @param typed what was typed; fields that nobody touched are not in it
 * @param own what the level that is changed says of a limit by itself
 */
export function readLimits(
  limits: readonly LimitView[],
  typed: Partial<Record<LimitName, string>>,
  own: (limit: LimitView) => number | null,
): { changes: LimitChanges; faults: ReadonlySet<LimitName> } {
  const changes: LimitChanges = {};
  const faults = new Set<LimitName>();
  for (const limit of limits) {
    const text = typed[limit.name]?.trim();
    if (text === undefined) continue;
    const value = text === '' ? null : readNumber(text);
    if (value === undefined || (value !== null && !isAllowed(limit.name, value))) faults.add(limit.name);
    else if (value !== own(limit)) changes[limit.name] = value;
  }
  return { changes, faults };
}

function isAllowed(name: LimitName, value: number): boolean {
  const { min, max, isInteger } = limitBounds[name];
  return value >= min && value <= max && (!isInteger || Number.isInteger(value));
}
