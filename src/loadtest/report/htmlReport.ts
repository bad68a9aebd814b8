import type { Percentiles } from '../histogram.js';
import { outcomeNames } from '../../domain/outcomeNames.js';
import type { FireReport } from '../report.js';
import { escape } from './escape.js';
import { countText, msText } from './numbers.js';
import { plotSvg, type Plot } from './plot.js';
import { STYLE } from './style.js';

/** The report as one page that needs no network: figures, plots, the verdict, and what it was measured on. */
export function htmlReport(report: FireReport): string {
  const { event, ok, startedAt, interrupted } = report;
  const verdict = ok ? 'All thresholds are met' : 'A threshold is missed';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(`Fire at event ${event.id}: ${verdict}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Fire at event ${escape(event.id)}, ${escape(event.title)}</h1>
<p class="verdict ${ok ? 'good' : 'bad'}">${ok ? '✓' : '✗'} ${verdict}${interrupted ? ' (interrupted)' : ''}</p>
<p class="muted">${escape(planText(report))} Started ${escape(startedAt)}.</p>
</header>
<main>
${tiles(report)}
${report.tool.note === null ? '' : `<p class="note"><b>The tool was the bottleneck.</b> ${escape(report.tool.note)}</p>`}
<section><h2>Verdict</h2>${thresholdTable(report)}</section>
<section><h2>Answers</h2>${outcomeTable(report)}</section>
<section class="plots"><h2>Over time</h2>${plots(report).map(plotSvg).join('\n')}</section>
<section><h2>Measured on</h2>${factsTable(report)}</section>
</main>
</body>
</html>
`;
}

function planText({ plan, users, url }: FireReport): string {
  const load =
    plan.model === 'open'
      ? `Open model: ${plan.ratePerSecond} requests a second for ${plan.durationSeconds} s, drawn from ${countText(users)} buyers; latency counts from when each was due.`
      : `Closed model: ${countText(users)} buyers at once, ${plan.requestsPerUser} requests each, one after the other.`;
  const ramp = plan.rampSeconds > 0 ? ` Ramp ${plan.rampSeconds} s.` : '';
  return `${load}${ramp} Sent to ${url}.`;
}

function tiles({ requests, rps, latencyMs, durable, outcomes }: FireReport): string {
  const shown: [string, string][] = [
    ['requests', countText(requests)],
    ['answers a second', countText(rps)],
    ['accepted', countText(outcomes.accepted + outcomes.pending)],
    ['p50', latencyMs === null ? '–' : msText(latencyMs.p50)],
    ['p99', latencyMs === null ? '–' : msText(latencyMs.p99)],
    ['orders in MySQL', countText(durable.orders)],
    ['stored a second', countText(durable.ordersPerSecond)],
    ['all stored after', durable.convergeMs === null ? 'not in time' : msText(durable.convergeMs)],
  ];
  return `<dl class="tiles">${shown.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

function thresholdTable({ thresholds, violations }: FireReport): string {
  const rows = thresholds.map(({ expression, value, ok }) => [
    `<span class="${ok ? 'good' : 'bad'}">${ok ? '✓' : '✗'}</span> ${escape(expression)}`,
    value === null ? 'not measured' : escape(String(Number(value.toFixed(4)))),
  ]);
  const offenders = Object.entries(violations)
    .filter(([, ids]) => ids.length > 0)
    .map(([kind, ids]) => `<h3 class="bad">${escape(kind)}</h3><p class="ids">${escape(ids.join(', '))}</p>`);
  return table(['Threshold', 'Measured'], rows) + offenders.join('');
}

function outcomeTable({ outcomes, requests, latencyMs, latencyMsByOutcome, codes, unanswered }: FireReport): string {
  const row = (name: string, count: number, latency: Percentiles | null | undefined) => [
    escape(name),
    countText(count),
    requests === 0 ? '–' : `${((100 * count) / requests).toFixed(1)} %`,
    ...(latency
      ? [latency.p50, latency.p90, latency.p99, latency.p999, latency.max].map(msText)
      : ['–', '–', '–', '–', '–']),
  ];
  const rows = outcomeNames.map((name) => row(name, outcomes[name], latencyMsByOutcome[name]));
  const answers = table(
    ['Outcome', 'Answers', 'Share', 'p50', 'p90', 'p99', 'p99.9', 'max'],
    [...rows, row('all', requests, latencyMs)],
  );
  const byCode = Object.entries(codes).map(([code, count]) => `${count} × ${code}`);
  const notes = [
    byCode.length > 0 ? `Refusals and errors by code: ${byCode.join(', ')}.` : '',
    unanswered > 0 ? `${unanswered} requests were not answered when the run ended.` : '',
  ].filter((note) => note !== '');
  return answers + notes.map((note) => `<p class="muted">${escape(note)}</p>`).join('');
}

function plots({ series, latencyCurve, event }: FireReport): Plot[] {
  const labels = series.map(({ second }) => `${second} s`);
  const present = outcomeNames.filter((name) => series.some(({ outcomes }) => outcomes[name] > 0));
  const latency = (name: keyof Percentiles) => series.map(({ latencyMs }) => latencyMs?.[name] ?? null);
  let told = 0;
  const accepted = series.map(({ outcomes }) => (told += outcomes.accepted + outcomes.pending));
  return [
    {
      title: 'Answers by outcome',
      unit: 'a second',
      labels,
      isStacked: true,
      series: present.map((name) => ({ name, className: name, values: series.map(({ outcomes }) => outcomes[name]) })),
    },
    {
      title: 'Latency, ramp included',
      unit: 'ms',
      labels,
      series: [
        { name: 'p50', className: 'p50', values: latency('p50') },
        { name: 'p99', className: 'p99', values: latency('p99') },
        { name: 'max', className: 'max', values: latency('max') },
      ],
    },
    {
      title: 'Latency by percentile',
      unit: 'ms',
      labels: latencyCurve.map(({ percentile }) => String(percentile)),
      series: [{ name: 'all answers', className: 'p50', values: latencyCurve.map(({ ms }) => ms) }],
    },
    {
      title: 'Told yes, and sold in MySQL since the start',
      unit: 'orders, units; what is cancelled is sold no more',
      labels,
      series: [
        { name: 'told yes', className: 'accepted', values: accepted },
        {
          name: 'sold',
          className: 'stored',
          values: series.map(({ sold }) => (sold === null ? null : sold - event.soldBefore)),
        },
      ],
    },
  ];
}

function factsTable({ machine, tool, plan, event }: FireReport): string {
  const stores = machine.stores.map(
    ({ name, version, url }) => `${name} ${version ?? ''} at ${url ?? 'an unknown place'}`,
  );
  const workers = tool.workers.map(
    ({ utilization, lagP99Ms }, index) =>
      `${index + 1}: ${Math.round(utilization * 100)} % busy, lag p99 ${lagP99Ms} ms`,
  );
  const mix = Object.entries(plan.behaviours).map(([name, share]) => `${name} ${Math.round(share * 100)} %`);
  const facts: [string, string][] = [
    ['Event', `${event.quantity} units, ${event.purchaseLimit} a buyer`],
    ['Buyers', mix.join(', ')],
    ['Connections', `${plan.connections} from ${plan.workers === 1 ? 'one worker' : `${plan.workers} workers`}`],
    [
      'Machine of the tool',
      `${machine.cores} × ${machine.processor}, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB, ${machine.platform}`,
    ],
    ['Versions', `spikectl ${machine.spikectl}, Node ${machine.node}`],
    ['Stores', stores.length > 0 ? `on this machine: ${stores.join('; ')}` : 'not on this machine'],
    ['Tool', `${tool.cpuPercent} % of one core; worker ${workers.join('; ')}`],
  ];
  return `<table><tbody>${facts.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${escape(value)}</td></tr>`).join('')}</tbody></table>`;
}

/** Cells are HTML; those of the first column are names. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? `<th scope="row">${cell}</th>` : `<td class="number">${cell}</td>`))
      .join('');
  return `<div class="wide"><table><thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells(row)}</tr>`)
    .join('')}</tbody></table></div>`;
}
