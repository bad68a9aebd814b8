import { closest, distance } from 'fastest-levenshtein';

/** Shares of a word's letters that may be wrong before a suggestion would be a guess: a third, and always at least two. */
const WRONG_SHARE_MAX = 1 / 3;
const WRONG_LETTERS_MIN = 2;

/** The candidate that was most likely meant, or undefined if none comes close. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const wanted = typed.toLowerCase();
  const found = closest(wanted, [...candidates]);
  const wrongMax = Math.max(WRONG_LETTERS_MIN, Math.floor(wanted.length * WRONG_SHARE_MAX));
  const wrong = distance(wanted, found.toLowerCase());
  return wrong <= wrongMax && wrong < wanted.length ? found : undefined;
}
