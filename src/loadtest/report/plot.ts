import { escape } from './escape.js';

/** One line or one layer of a plot; null where nothing was measured, which leaves a gap. */
interface PlotSeries {
  name: string;
  /** A class of the page's style sheet, which gives it its colour. */
  className: string;
  values: readonly (number | null)[];
}

export interface Plot {
  title: string;
  /** What the values are, in words and with their unit. */
  unit: string;
  /** One text for each place on the x axis. */
  labels: readonly string[];
  series: readonly PlotSeries[];
  /** Layers on top of each other instead of lines. */
  isStacked?: boolean;
}

const WIDTH = 720;
const HEIGHT = 260;
const LEFT = 64;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 34;
const Y_TICKS = 4;
const X_LABELS_MAX = 12;

/** One plot with its title and legend, as an SVG that needs nothing from elsewhere. */
export function plotSvg({ title, unit, labels, series, isStacked = false }: Plot): string {
  const layers = isStacked ? stack(series) : series.map(({ values }) => values.map((value) => [0, value] as const));
  const highest = niceMax(Math.max(0, ...layers.flat().map(([, top]) => top ?? 0)));
  const x = (index: number) =>
    LEFT + ((index + (isStacked ? 0.5 : 0)) * (WIDTH - LEFT - RIGHT)) / slots(labels, isStacked);
  const y = (value: number) => HEIGHT - BOTTOM - (value / highest) * (HEIGHT - TOP - BOTTOM);
  const drawn = series.map(({ className, name }, index) =>
    isStacked
      ? bars({ className, name, layer: layers[index]!, x, y, labels, unit })
      : line({ className, name, layer: layers[index]!, x, y, labels, unit }),
  );
  return [
    `<figure><figcaption>${escape(title)} <span class="unit">${escape(unit)}</span></figcaption>`,
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">`,
    yAxis(highest, y),
    xAxis(labels, x),
    ...drawn,
    '</svg>',
    `<p class="legend">${series.map(({ className, name }) => `<span class="${className}"><i></i>${escape(name)}</span>`).join(' ')}</p>`,
    '</figure>',
  ].join('\n');
}

type Layer = readonly (readonly [bottom: number, top: number | null])[];

interface Drawing {
  className: string;
  name: string;
  layer: Layer;
  x(index: number): number;
  y(value: number): number;
  labels: readonly string[];
  unit: string;
}

function slots(labels: readonly string[], isStacked: boolean): number {
  return Math.max(1, isStacked ? labels.length : labels.length - 1);
}

function stack(series: readonly PlotSeries[]): Layer[] {
  const heights: number[] = [];
  return series.map(({ values }) =>
    values.map((value, index) => {
      const bottom = heights[index] ?? 0;
      heights[index] = bottom + (value ?? 0);
      return [bottom, heights[index]] as const;
    }),
  );
}

function bars({ className, name, layer, x, y, labels, unit }: Drawing): string {
  const width = Math.max(1, (0.86 * (WIDTH - LEFT - RIGHT)) / slots(labels, true));
  const rects = layer.flatMap(([bottom, top], index) => {
    if (top === null || top === bottom) return [];
    const tip = `${labels[index]}: ${numberText(top - bottom)} ${name}, ${unit}`;
    const box = `x="${fixed(x(index) - width / 2)}" y="${fixed(y(top))}" width="${fixed(width)}" height="${fixed(y(bottom) - y(top))}"`;
    return [`<rect ${box}><title>${escape(tip)}</title></rect>`];
  });
  return `<g class="${className} bars">${rects.join('')}</g>`;
}

function line({ className, name, layer, x, y, labels, unit }: Drawing): string {
  let isPenDown = false;
  const path = layer.map(([, value], index) => {
    const step = value === null ? '' : `${isPenDown ? 'L' : 'M'}${fixed(x(index))} ${fixed(y(value))}`;
    isPenDown = value !== null;
    return step;
  });
  const dots = layer.flatMap(([, value], index) =>
    value === null
      ? []
      : [
          `<circle cx="${fixed(x(index))}" cy="${fixed(y(value))}" r="2.5"><title>${escape(`${labels[index]}: ${name} ${numberText(value)} ${unit}`)}</title></circle>`,
        ],
  );
  return `<g class="${className} line"><path d="${path.join('')}"/>${dots.join('')}</g>`;
}

function yAxis(highest: number, y: (value: number) => number): string {
  return Array.from({ length: Y_TICKS + 1 }, (_, index) => (highest * index) / Y_TICKS)
    .map(
      (value) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(y(value))}" y2="${fixed(y(value))}"/>` +
        `<text class="tick" x="${LEFT - 8}" y="${fixed(y(value) + 4)}" text-anchor="end">${numberText(value)}</text>`,
    )
    .join('');
}

function xAxis(labels: readonly string[], x: (index: number) => number): string {
  const every = Math.max(1, Math.ceil(labels.length / X_LABELS_MAX));
  return labels
    .map((label, index) =>
      index % every === 0
        ? `<text class="tick" x="${fixed(x(index))}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${escape(label)}</text>`
        : '',
    )
    .join('');
}

const STEPS = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/** The least of the steps times a power of ten that is not below the value. */
function niceMax(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (STEPS.find((step) => step * power >= value) ?? 10);
}

function numberText(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

function fixed(value: number): string {
  return value.toFixed(1);
}
