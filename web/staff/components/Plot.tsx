import { useId } from 'preact/hooks';
import { roundUp, thin, type Point } from '../live/thin.js';
import { timeOfDay } from '../text/format.js';
import { liveTexts } from '../text/live.js';

interface Line {
  name: string;
  /** How it is drawn; lines differ in their dashes too, for whoever sees no colours. */
  look: string;
  points: readonly Point[];
}

interface PlotProps {
  title: string;
  lines: readonly Line[];
  format: (value: number | null) => string;
  /** What is said while there is no line; by default that it comes with the next second. */
  empty?: string;
}

const WIDTH = 600;
const HEIGHT = 180;
const LEFT = 72;
const BOTTOM = 26;
const TOP = 8;
const POINTS_MAX = 300;

/** Lines over time. What they show is also said in words: the present value, the lowest and the highest. */
export function Plot({ title, lines, format, empty = liveTexts.plotEmpty }: PlotProps) {
  const id = useId();
  const values = lines.flatMap(({ points }) => points.flatMap(({ value }) => (value === null ? [] : [value])));
  const times = lines.flatMap(({ points }) => [points[0]?.atMs, points.at(-1)?.atMs]).filter((ms) => ms !== undefined);
  const top = roundUp(values.reduce((highest, value) => Math.max(highest, value), 0));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const x = (atMs: number) => LEFT + ((WIDTH - LEFT - 4) * (atMs - from)) / Math.max(to - from, 1);
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  return (
    <figure class="plot" aria-labelledby={id}>
      <figcaption id={id}>
        {title}
        {lines.map(({ name, look, points }) => (
          <span key={name} class="plot-key">
            <svg viewBox="0 0 24 6" aria-hidden="true">
              <path class={`line ${look}`} d="M0 3H24" />
            </svg>
            {name} {format(points.at(-1)?.value ?? null)}
          </span>
        ))}
      </figcaption>
      {values.length < 2 ? (
        <p class="placeholder">{empty}</p>
      ) : (
        <svg class="plot-area" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary(lines, format)}>
          {[0, top / 2, top].map((mark) => (
            <g key={mark}>
              <path class="grid" d={`M${LEFT} ${y(mark)}H${WIDTH}`} />
              <text x={LEFT - 6} y={y(mark) + 4} text-anchor="end">
                {format(mark)}
              </text>
            </g>
          ))}
          <text x={LEFT} y={HEIGHT - 4}>
            {timeOfDay(from)}
          </text>
          <text x={WIDTH - 4} y={HEIGHT - 4} text-anchor="end">
            {timeOfDay(to)}
          </text>
          {lines.map(({ name, look, points }) => (
            <path key={name} class={`line ${look}`} d={pathOf(thin(points, POINTS_MAX), x, y)} />
          ))}
        </svg>
      )}
    </figure>
  );
}

/** A gap in what is known is a gap in the line. */
function pathOf(points: readonly Point[], x: (atMs: number) => number, y: (value: number) => number): string {
  return points
    .map(({ atMs, value }, index) => {
      if (value === null) return '';
      const isFirst = index === 0 || points[index - 1]!.value === null;
      return `${isFirst ? 'M' : 'L'}${x(atMs).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
}

function summary(lines: readonly Line[], format: (value: number | null) => string): string {
  return lines
    .map(({ name, points }) => {
      const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
      const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
      const high = known.reduce((most, value) => Math.max(most, value), 0);
      return liveTexts.plotSays(
        name,
        format(points.at(-1)?.value ?? null),
        format(known.length === 0 ? null : low),
        format(known.length === 0 ? null : high),
      );
    })
    .join('; ');
}
