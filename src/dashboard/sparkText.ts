const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The last samples as bars, the newest on the right, the highest of them at full height. What is not known is a gap. */
export function sparkText(samples: readonly (number | null)[], columns: number): string {
  const shown = columns <= 0 ? [] : samples.slice(-columns);
  const max = Math.max(...shown.map((sample) => sample ?? 0));
  const bars = shown.map((sample) => {
    if (sample === null) return ' ';
    // What is not nothing stands above the ground line.
    const level = sample <= 0 ? 0 : Math.max(1, Math.round((sample / max) * (LEVELS.length - 1)));
    return LEVELS[level]!;
  });
  return bars.join('').padStart(columns);
}
