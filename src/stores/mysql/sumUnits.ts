/** Units per key, in the order of the keys. */
export function sumUnits<T extends { quantity: number }>(
  items: readonly T[],
  keyOf: (item: T) => string,
): [string, number][] {
  const sums = new Map<string, number>();
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0) + item.quantity);
  return [...sums.entries()].sort(([a], [b]) => Number(a) - Number(b));
}
