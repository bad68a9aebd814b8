import type { PlannedObject } from '../../delivery/deploy/comparePlan.js';
import type { DeployPlan } from '../../delivery/deploy/planDeploy.js';
import type { RollbackPlan } from '../../delivery/deploy/planRollback.js';
import type { Trouble } from '../../delivery/deploy/rollout/explainTrouble.js';
import { formatFields } from '../format.js';
import type { Paint, Style } from '../style.js';

/** Lines of one object's difference that are shown; `--verbose` and `--json` show all. */
const DIFFERENCE_LINES_MAX = 40;

const marks: Readonly<Record<PlannedObject['change'], readonly [mark: string, style: Style]>> = {
  create: ['+', 'green'],
  change: ['~', 'yellow'],
  remove: ['-', 'red'],
  unchanged: ['=', 'dim'],
};

/** Where values begin: behind the longest name and a gap. */
const FIELD_COLUMNS = 'Migration'.length + 2;

/** What would be done, before anybody is asked. */
export function planText(plan: DeployPlan, paint: Paint, verbose: boolean): string {
  const { current, chart, migration, unknown } = plan;
  const appVersion = chart.appVersion ?? '-';
  const was = current === null ? '' : ` (now ${current.chart}, revision ${current.revision}, ${current.status})`;
  const fields: [string, string][] = [
    ['Release', `${plan.release} in namespace ${plan.namespace}`],
    ['Cluster', clusterText(plan)],
    ['Chart', `${chart.name}-${chart.version}${was}`],
    [
      'Version',
      current === null || current.appVersion === appVersion ? appVersion : `${current.appVersion} → ${appVersion}`,
    ],
    ['Images', plan.images.join(`\n${' '.repeat(FIELD_COLUMNS)}`)],
    ['Migration', migrationText(migration, current !== null)],
  ];
  const parts = [formatFields(fields), objectsText(plan.objects, paint, verbose, plan.cluster === null)];
  if (unknown.length > 0)
    parts.push(`${plan.cluster === null ? 'Without a cluster it' : 'It'} is not known ${unknown.join('; ')}.`);
  return parts.join('\n\n');
}

export function rollbackText(plan: RollbackPlan, paint: Paint, verbose: boolean): string {
  const line = ({ revision, chart, appVersion, status }: RollbackPlan['from']) =>
    `revision ${revision} (${chart}, version ${appVersion}, ${status})`;
  const fields: [string, string][] = [
    ['Release', `${plan.release} in namespace ${plan.namespace}`],
    ['Cluster', clusterText(plan)],
    ['From', line(plan.from)],
    ['To', line(plan.to)],
    ['Images', plan.images.join(`\n${' '.repeat('Release'.length + 2)}`)],
  ];
  const schema = plan.keepsNewerSchema
    ? 'The schema is not rolled back: migrations only add, so the older version works with it.'
    : 'The schema stays as it is.';
  return [formatFields(fields), objectsText(plan.objects, paint, verbose, false), schema].join('\n\n');
}

function clusterText({ cluster, context }: { cluster: string | null; context: string | null }): string {
  if (cluster === null && context === null) return 'none: rendered here';
  return `${cluster ?? '-'}${context === null ? '' : ` (context ${context})`}`;
}

function migrationText(migration: DeployPlan['migration'], isUpgrade: boolean): string {
  if (migration === null) return 'none: the chart runs no Job before the pods';
  const command = migration.command.length === 0 ? migration.image : migration.command.join(' ');
  const why = !isUpgrade
    ? 'makes the schema'
    : migration.isNewVersion
      ? 'brings the schema up to date'
      : 'finds nothing to do, as the version is the same';
  return `Job ${migration.job} runs first and ${why}: ${command}`;
}

function objectsText(objects: readonly PlannedObject[], paint: Paint, verbose: boolean, isAllNew: boolean): string {
  const lines = objects.flatMap((object) => {
    const [mark, style] = marks[object.change];
    if (object.change === 'unchanged' && !verbose) return [];
    const hook = object.hook === null ? '' : paint('dim', ` (${object.hook.join(', ')})`);
    const line = `${paint(style, mark)} ${object.kind} ${object.name}${hook}`;
    // What is new is read in the chart; what changes is read here.
    if (object.diff === null || (object.change !== 'change' && !verbose)) return [line];
    return [line, ...diffLines(object.diff, paint, verbose)];
  });
  const counts = (['create', 'change', 'remove', 'unchanged'] as const).map((change) => {
    const count = objects.filter((object) => object.change === change).length;
    return `${count} ${change === 'unchanged' ? change : `to ${change}`}`;
  });
  return [...lines, isAllNew ? `${objects.length} objects` : counts.join(', ')].join('\n');
}

function diffLines(diff: string, paint: Paint, verbose: boolean): string[] {
  const lines = diff.split('\n').slice(2);
  const shown = verbose ? lines : lines.slice(0, DIFFERENCE_LINES_MAX);
  const painted = shown.map((line) => {
    const style = line.startsWith('+')
      ? 'green'
      : line.startsWith('-')
        ? 'red'
        : line.startsWith('@@')
          ? 'cyan'
          : undefined;
    return `    ${style === undefined ? line : paint(style, line)}`;
  });
  const more = lines.length - shown.length;
  return more === 0 ? painted : [...painted, paint('dim', `    … ${more} more lines, with --verbose`)];
}

/** What is not well, with what the cluster and the containers say of it. */
export function troubleText(
  { kind, workload, pod, container, reason, message, events, log }: Trouble,
  paint: Paint,
): string {
  const where = [pod === null ? [] : [`pod ${pod}`], container === null ? [] : [`container ${container}`]]
    .flat()
    .join(', ');
  return [
    `${paint('red', '✗')} ${kind} ${workload}: ${paint('bold', reason)}${where === '' ? '' : ` (${where})`}`,
    `    ${message}`,
    ...events.map((event) => `    ${paint('dim', 'event')}  ${event}`),
    ...log.map((line) => `    ${paint('dim', 'log')}    ${line}`),
  ].join('\n');
}
