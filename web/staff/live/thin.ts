/** One point of a line: when, and how much; null where nothing is known. */
export interface Point {
  atMs: number;
  value: number | null;
}

/**
 * As many points as a plot can show. Of each stretch the highest point stays: a peak of one second is what one looks for.
 */
export function thin(points: readonly Point[], pointsMax: number): readonly Point[] {
  if (points.length <= pointsMax) return points;
  const size = Math.ceil(points.length / pointsMax);
  const stretches = Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points.slice(index * size, (index + 1) * size),
  );
  return stretches.map((stretch) =>
    stretch.reduce((best, point) => ((point.value ?? -1) > (best.value ?? -1) ? point : best)),
  );
}

/** The smallest of 1, 2, 5, 10, 20, … that is not below, so that the marks at the axis are round numbers. */
export function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= value)!;
}
