import { outcomeNames } from '../../domain/outcomeNames.js';
import type { FireReport } from '../report.js';
import { correctnessMetrics } from '../thresholds.js';
import { countText, msText } from './numbers.js';

type Paint = (style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

const OFFENDERS_SHOWN_MAX = 5;

/** The report as a person reads it at a terminal: what came, how fast, what of it is stored, and the verdict. */
export function reportText(report: FireReport, paint: Paint): string {
  const { event, requests, users, seconds, rps, durable, tool } = report;
  const parts = [
    `${paint('bold', `Event ${event.id}`)} ${event.title}: ${countText(requests)} requests of ${countText(users)} buyers in ${seconds} s, ${countText(rps)}/s`,
    outcomesText(report, paint),
    storedText(durable),
    verdictText(report, paint),
  ];
  if (tool.note !== null) parts.push(`${paint('yellow', 'The tool was the bottleneck.')} ${tool.note}`);
  return parts.join('\n\n');
}

function outcomesText(
  { outcomes, requests, latencyMs, latencyMsByOutcome, codes, unanswered }: FireReport,
  paint: Paint,
): string {
  const rows = outcomeNames
    .filter((name) => outcomes[name] > 0)
    .map((name) => [name, outcomes[name], latencyMsByOutcome[name] ?? null] as const);
  const all = [...rows, ['all', requests, latencyMs] as const];
  const cells = all.map(([name, count, latency]) => [
    name,
    countText(count),
    ...(latency === null
      ? ['-', '-', '-', '-', '-']
      : [latency.p50, latency.p90, latency.p99, latency.p999, latency.max].map(msText)),
  ]);
  const lines = table([['', 'ANSWERS', 'P50', 'P90', 'P99', 'P99.9', 'MAX'], ...cells]);
  const [head = '', ...body] = lines;
  const failed = Object.entries(codes).filter(([code]) => outcomes.error > 0 && !isUsual(code));
  const notes = [
    ...(failed.length === 0 ? [] : [`Errors: ${failed.map(([code, count]) => `${count} × ${code}`).join(', ')}`]),
    ...(unanswered === 0 ? [] : [`${unanswered} requests were not answered when the run ended.`]),
  ];
  return [paint('dim', head), ...body, ...notes].join('\n');
}

/** Codes that are outcomes of a sale, and have a line of their own. */
function isUsual(code: string): boolean {
  return /^(SOLD_OUT|ALREADY_ORDERED|LIMIT_REACHED|TOO_MANY_REQUESTS|NOT_ELIGIBLE|BLOCKED|TICKET_\w+|OVERLOADED|EVENT_PAUSED|SHUTTING_DOWN)$/.test(
    code,
  );
}

function storedText({ orders, ordersPerSecond, convergeMs }: FireReport['durable']): string {
  if (orders === 0 && convergeMs !== null) return 'Stored: no order, as none was accepted';
  const when =
    convergeMs === null ? 'and not all of them in time' : `all of them ${convergeMs} ms after the last answer`;
  return `Stored: ${countText(orders)} orders, ${countText(ordersPerSecond)}/s, ${when}`;
}

/** Every threshold that was given, each that is missed, and one line for the correctness that holds. */
function verdictText({ thresholds, violations, audit }: FireReport, paint: Paint): string {
  const names: readonly string[] = correctnessMetrics.map((metric) => `${metric}==0`);
  const held = thresholds.filter(({ expression, ok }) => ok && names.includes(expression));
  const lines = thresholds
    .filter((threshold) => !held.includes(threshold))
    .map(({ expression, value, ok }) => {
      const mark = ok ? paint('green', '✓') : paint('red', '✗');
      return `${mark} ${expression}  (${value === null ? 'not measured' : Number(value.toFixed(3))})${offenders(expression, violations)}`;
    });
  if (held.length > 0)
    lines.unshift(
      `${paint('green', '✓')} ${held.map(({ expression }) => expression.replace('==0', '')).join(', ')}: none`,
    );
  const sum =
    audit === null
      ? 'The audit could not be asked.'
      : `Audit: ${audit.quantity} = ${audit.available ?? 'unknown'} available + ${audit.pending ?? 'unknown'} pending + ${audit.sold} sold`;
  return [sum, ...lines].join('\n');
}

function offenders(expression: string, violations: FireReport['violations']): string {
  const metric = correctnessMetrics.find((name) => expression.startsWith(name));
  const ids = metric === undefined ? [] : violations[metric];
  if (ids.length === 0) return '';
  const more = ids.length > OFFENDERS_SHOWN_MAX ? ', …' : '';
  return `: ${ids.slice(0, OFFENDERS_SHOWN_MAX).join(', ')}${more}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
}
