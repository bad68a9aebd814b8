import { nearest } from './nearest.js';

/** ` (did you mean base?)`, to stand behind a name that nobody knows; nothing when no candidate comes close. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const meant = nearest(name, candidates);
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}
