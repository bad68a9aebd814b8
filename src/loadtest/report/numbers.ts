/** 0.42 → `0.42 ms`, 12.345 → `12.3 ms`, 1234 → `1.23 s` */
export function msText(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(2)} s`;
  return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(1)} ms`;
}

/** 12345.6 → `12,346` */
export function countText(count: number): string {
  return Math.round(count).toLocaleString('en');
}
