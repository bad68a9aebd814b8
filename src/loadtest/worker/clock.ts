/** Ms since 1970 with fractions, the same in every thread of this process, and never going back. */
export function clockMs(): number {
  return performance.timeOrigin + performance.now();
}
