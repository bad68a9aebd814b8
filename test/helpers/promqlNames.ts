import type { DocumentedMetric } from './metricsPage.js';

/** What Prometheus, its discovery and the alerts themselves bring. */
const TARGET_LABELS = ['namespace', 'pod', 'job', 'instance', 'service', 'process'];
const OWN_SERIES = new Map([['ALERTS', ['alertname', 'alertstate', 'severity', 'event', 'service', 'store']]]);
const KEYWORDS = new Set([
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'and',
  'or',
  'unless',
  'bool',
  'offset',
]);
const LABEL_LISTS = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^()]*)\)/g;
const SERIES = /([a-zA-Z_:][\w:]*)\s*\{([^{}]*)\}/g;

/**
 * Judges the names in a query: every metric has to be one of those, every label one that this metric has, and every label that
 * is grouped by one that some metric of the query has.
 *
 * @param recorded names that recording rules make, which may have any label of theirs
 */
export function createNameJudge(
  metrics: readonly DocumentedMetric[],
  recorded: readonly string[],
): (query: string) => string[] {
  const labelsOf = new Map<string, readonly string[]>(OWN_SERIES);
  for (const { name, type, labels } of metrics) {
    if (type !== 'histogram') labelsOf.set(name, labels);
    else
      for (const [part, more] of [
        ['_bucket', ['le']],
        ['_sum', []],
        ['_count', []],
      ] as const)
        labelsOf.set(name + part, [...labels, ...more]);
  }
  for (const name of recorded) labelsOf.set(name, ['le', ...name.slice(0, name.indexOf(':')).split('_')]);

  return (query) => {
    // What stands in quotes is a value, and no name.
    const bare = query.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    const faults: string[] = [];
    const seen = new Set(TARGET_LABELS);
    const meet = (metric: string, matchers: string) => {
      const labels = labelsOf.get(metric);
      if (labels === undefined) return void faults.push(`metric ${metric}`);
      for (const label of labels) seen.add(label);
      for (const [, label = ''] of matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g))
        if (!labels.includes(label) && !TARGET_LABELS.includes(label)) faults.push(`label ${label} of ${metric}`);
    };
    const withoutSeries = bare.replace(SERIES, (_whole, metric: string, matchers: string) => {
      meet(metric, matchers);
      return ' ';
    });
    const grouped = [...withoutSeries.matchAll(LABEL_LISTS)].flatMap(([, list = '']) => list.split(','));
    const rest = withoutSeries.replace(LABEL_LISTS, ' ').replace(/\[[^\]]*\]/g, ' ');
    for (const [, name = '', call] of rest.matchAll(/(?<![\w.])([a-zA-Z_:][\w:]*)\s*(\()?/g))
      if (call === undefined && !KEYWORDS.has(name)) meet(name, '');
    for (const label of grouped.map((text) => text.trim()))
      if (label !== '' && !seen.has(label)) faults.push(`label ${label}`);
    return faults;
  };
}
