import { nearest } from '../domain/nearest.js';
import { badFire } from './fireError.js';
import { outcomeNames } from '../domain/outcomeNames.js';

/** What can be asked of a run, by name; null is what could not be measured, and meets nothing. */
export type Figures = Readonly<Record<string, number | null>>;

export interface Threshold {
  /** As it was typed, without blanks. */
  expression: string;
  metric: string;
  operator: Operator;
  value: number;
}

export interface JudgedThreshold {
  expression: string;
  /** What was measured; null when nothing was. */
  value: number | null;
  ok: boolean;
}

const operators = {
  '<=': (left: number, right: number) => left <= right,
  '>=': (left: number, right: number) => left >= right,
  '==': (left: number, right: number) => left === right,
  '!=': (left: number, right: number) => left !== right,
  '<': (left: number, right: number) => left < right,
  '>': (left: number, right: number) => left > right,
} as const;

type Operator = keyof typeof operators;

const percentileNames = ['p50', 'p90', 'p99', 'p999', 'max'] as const;

/** What must never be otherwise; each is zero, or the run has failed. */
export const correctnessMetrics = [
  'oversold',
  'lost',
  'duplicates',
  'overLimit',
  'stuck',
  'wrongState',
  'forgedAccepted',
  'sharedAccepted',
  'auditProblems',
] as const;

export type CorrectnessMetric = (typeof correctnessMetrics)[number];

/** Every name that a threshold can have; latencies in ms, rates per second, `…Rate` a share of the requests. */
export const metricNames: readonly string[] = [
  'requests',
  'rps',
  ...outcomeNames,
  'errorRate',
  'overloadedRate',
  ...percentileNames,
  ...outcomeNames.flatMap((outcome) => percentileNames.map((name) => `${outcome}.${name}`)),
  'orders',
  'ordersPerSecond',
  'convergeMs',
  'unanswered',
  ...correctnessMetrics,
];

const FORM = /^([A-Za-z][\w.]*)(<=|>=|==|!=|<|>)(-?\d+(?:\.\d+)?)(ms|s|%)?$/;

/**
 * `p99<250`, `accepted==100`, `errorRate<1%`, `convergeMs<5s`, `accepted.p99<=80`.
 *
 * @throws FireError that says what is wrong with it
 */
export function parseThreshold(text: string): Threshold {
  const expression = text.replace(/\s/g, '');
  const [, metric, operator, number, unit] = FORM.exec(expression) ?? [];
  if (metric === undefined) throw badFire(`--threshold: '${text}' is not a threshold.`, ...hintsFor(expression));
  if (!metricNames.includes(metric)) {
    const meant = nearest(metric, metricNames);
    const hint = meant === undefined ? `One of ${shortList()}.` : `Did you mean ${meant}?`;
    throw badFire(`--threshold: there is no figure '${metric}'.`, hint);
  }
  const factor = unit === 's' ? 1_000 : unit === '%' ? 0.01 : 1;
  return { expression, metric, operator: operator as Operator, value: Number(number) * factor };
}

/** The thresholds on correctness, unless they are among those that were given, and then the given ones. */
export function withCorrectness(given: readonly Threshold[]): Threshold[] {
  const named = new Set(given.map(({ metric }) => metric));
  const always = correctnessMetrics
    .filter((metric) => !named.has(metric))
    .map((metric) => parseThreshold(`${metric}==0`));
  return [...always, ...given];
}

export function judgeThreshold(
  { expression, metric, operator, value: wanted }: Threshold,
  figures: Figures,
): JudgedThreshold {
  const value = figures[metric] ?? null;
  return { expression, value, ok: value !== null && operators[operator](value, wanted) };
}

function hintsFor(expression: string): string[] {
  const single = /^([A-Za-z][\w.]*)=(\S+)$/.exec(expression);
  if (single !== null) return [`Write it with two signs: '${single[1]}==${single[2]}'`];
  return ["Write a figure, a comparison and a number: 'p99<250', 'accepted==100', 'errorRate<0.01'"];
}

function shortList(): string {
  return metricNames.filter((name) => !name.includes('.')).join(', ');
}
