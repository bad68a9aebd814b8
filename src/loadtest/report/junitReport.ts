import type { FireReport } from '../report.js';
import { correctnessMetrics } from '../thresholds.js';
import { escape } from './escape.js';
import { reportText } from './reportText.js';

/** The verdict as pipelines read it: one test case a threshold, and the report as its output. */
export function junitReport(report: FireReport): string {
  const { thresholds, event, seconds, startedAt } = report;
  const failures = thresholds.filter(({ ok }) => !ok).length;
  const suite = `name="${escape(`fire at event ${event.id} (${event.title})`)}" tests="${thresholds.length}" failures="${failures}" errors="0" skipped="0" time="${seconds}" timestamp="${startedAt.replace(/Z$/, '')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="spikectl fire" tests="${thresholds.length}" failures="${failures}" time="${seconds}">`,
    `  <testsuite ${suite}>`,
    ...thresholds.map((threshold) => testCase(threshold, report)),
    `    <system-out>${escape(reportText(report, (_style, text) => text))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ expression, value, ok }: FireReport['thresholds'][number], { violations }: FireReport): string {
  const name = `name="${escape(expression)}" classname="fire"`;
  if (ok) return `    <testcase ${name}/>`;
  const metric = correctnessMetrics.find((one) => expression.startsWith(one));
  const message = `${expression} is not so: ${value === null ? 'it was not measured' : `it is ${value}`}`;
  const detail = metric === undefined ? '' : violations[metric].join('\n');
  return `    <testcase ${name}><failure message="${escape(message)}">${escape(detail)}</failure></testcase>`;
}
