import { DeliveryError } from '../deliveryError.js';
import { runProgram } from '../programs/runProgram.js';
import type { Tool } from './findKubeTools.js';
import type { Scrub } from './secrecy.js';

/** Which release, and where. */
export interface Target {
  release: string;
  namespace: string;
  /** Of the kubeconfig; undefined: its current one. */
  kubeContext: string | undefined;
}

/** What is installed: a chart, and its values in files and on the command line. None of `set` is a secret. */
export interface ChartInput {
  chart: string;
  valuesFiles: readonly string[];
  set: readonly string[];
}

/** One revision, as `helm history` tells it. */
export interface Revision {
  revision: number;
  updated: string;
  status: string;
  chart: string;
  appVersion: string;
  description: string;
}

interface Hook {
  name: string;
  kind: string;
  manifest: string;
  events: string[];
  last_run?: { phase?: string; completed_at?: string };
}

/** What helm keeps of a revision. */
export interface Release {
  version: number;
  manifest: string;
  hooks: Hook[];
  info: { status: string; description?: string; last_deployed?: string };
}

interface RolloutOptions {
  wait: boolean;
  timeoutSeconds: number;
  signal: AbortSignal;
}

export interface Helm {
  readonly tool: Tool;
  readonly target: Target;
  /** Newest first; empty when there is no such release. */
  history(): Promise<Revision[]>;
  release(revision?: number): Promise<Release>;
  /** The releases of all namespaces, or of this one where the others may not be listed. */
  list(): Promise<{ name: string; namespace: string }[]>;
  /** Rendered here, without a cluster. */
  template(input: ChartInput): Promise<string>;
  /** Rendered with what the cluster holds; changes nothing. */
  plan(input: ChartInput): Promise<Release>;
  /** What the chart's own values are. */
  defaultValues(chart: string): Promise<string>;
  chartInfo(chart: string): Promise<string>;
  upgrade(input: ChartInput, options: RolloutOptions & { createNamespace: boolean }): Promise<void>;
  rollback(revision: number, options: RolloutOptions): Promise<void>;
  uninstall(options: RolloutOptions): Promise<void>;
}

/** What only asks or renders is done in seconds, or does not come. */
const ASKING_TIMEOUT_MS = 60_000;
const HISTORY_REVISIONS = 50;

/**
 * Runs helm for one release. No secret is on its command line: values come in files.
 *
 * @param options.scrub takes secrets out of what helm says, before it is shown to anybody
 */
export function createHelm(tool: Tool, target: Target, options: { signal: AbortSignal; scrub: Scrub }): Helm {
  const { release, namespace, kubeContext } = target;
  const where = ['--namespace', namespace, ...(kubeContext === undefined ? [] : ['--kube-context', kubeContext])];
  const run = async (args: readonly string[], { signal = options.signal, timeoutMs = ASKING_TIMEOUT_MS } = {}) => {
    const end = await runProgram({ file: tool.file, args, signal, timeoutMs });
    if (end.code !== 0) throw helmError(args[0] ?? '', options.scrub(end.stderr), end.timedOut);
    return end.stdout;
  };
  const change = (args: readonly string[], { signal }: RolloutOptions) =>
    // The caller's signal carries the deadline: helm's own is one for each of its steps.
    run(args, { signal, timeoutMs: CHANGE_TIMEOUT_MS }).then(() => undefined);
  const waiting = ({ wait, timeoutSeconds }: RolloutOptions) => [
    ...(wait ? ['--wait'] : []),
    '--timeout',
    `${timeoutSeconds}s`,
  ];
  return {
    tool,
    target,
    async history() {
      const args = ['history', release, ...where, '--max', String(HISTORY_REVISIONS), '--output', 'json'];
      const entries = await run(args).catch((error: unknown) => {
        if (error instanceof HelmError && error.isNotFound) return '[]';
        throw error;
      });
      return (JSON.parse(entries) as (Omit<Revision, 'appVersion'> & { app_version: string })[])
        .map(({ app_version: appVersion, description, ...revision }) => ({
          ...revision,
          appVersion,
          description: oneLine(description),
        }))
        .sort((a, b) => b.revision - a.revision);
    },
    async release(revision) {
      const which = revision === undefined ? [] : ['--revision', String(revision)];
      const text = await run(['status', release, ...where, ...which, '--output', 'json']);
      const found = JSON.parse(text) as Release;
      return { ...found, hooks: found.hooks ?? [] };
    },
    async list() {
      const [, , ...context] = where;
      const all = ['list', '--all-namespaces', ...context, '--all', '--output', 'json'];
      const text = await run(all).catch(() => run(['list', ...where, '--all', '--output', 'json']));
      return JSON.parse(text) as { name: string; namespace: string }[];
    },
    template: (input) => run(['template', release, ...inputArgs(input), '--namespace', namespace]),
    async plan(input) {
      const args = [
        'upgrade',
        release,
        ...inputArgs(input),
        ...where,
        '--install',
        '--dry-run=server',
        '--output',
        'json',
      ];
      const planned = JSON.parse(await run(args)) as Release;
      return { ...planned, hooks: planned.hooks ?? [] };
    },
    defaultValues: (chart) => run(['show', 'values', chart]),
    chartInfo: (chart) => run(['show', 'chart', chart]),
    upgrade: (input, { createNamespace, ...rollout }) =>
      change(
        [
          'upgrade',
          release,
          ...inputArgs(input),
          ...where,
          '--install',
          ...(createNamespace ? ['--create-namespace'] : []),
          ...waiting(rollout),
        ],
        rollout,
      ),
    rollback: (revision, rollout) =>
      change(['rollback', release, String(revision), ...where, ...waiting(rollout)], rollout),
    uninstall: (rollout) => change(['uninstall', release, ...where, ...waiting(rollout)], rollout),
  };
}

/** Longer than any --timeout that makes sense. */
const CHANGE_TIMEOUT_MS = 24 * 3_600_000;

function inputArgs({ chart, valuesFiles, set }: ChartInput): string[] {
  return [chart, ...valuesFiles.flatMap((file) => ['--values', file]), ...set.flatMap((pair) => ['--set', pair])];
}

/** What helm said when it failed, without its own prefixes. */
export class HelmError extends DeliveryError {
  readonly isNotFound: boolean;
  readonly isUnreachable: boolean;
  /** The values do not pass the chart's schema, or a template refused them: one line a fault. */
  readonly faults: readonly string[];

  constructor(message: string, fields: { isNotFound: boolean; isUnreachable: boolean; faults: readonly string[] }) {
    super('HELM', message, { exit: fields.isUnreachable ? 5 : 1 });
    this.isNotFound = fields.isNotFound;
    this.isUnreachable = fields.isUnreachable;
    this.faults = fields.faults;
  }
}

function helmError(verb: string, stderr: string, timedOut: boolean): HelmError {
  const said = stderr
    .split('\n')
    .filter((line) => !/^(WARNING|level=|W\d{4} |E\d{4} |I\d{4} )/.test(line))
    .join('\n')
    .replace(/^Error: /, '')
    .replace(/^(UPGRADE|INSTALLATION|ROLLBACK) FAILED: /, '')
    .trim();
  const message = said === '' ? (timedOut ? 'it took too long' : 'it gave no reason') : said;
  return new HelmError(`helm ${verb}: ${oneLine(message)}`, {
    isNotFound: said.includes('release: not found'),
    isUnreachable: /cluster unreachable|connection refused|no such host|i\/o timeout/i.test(said),
    faults: valueFaults(said),
  });
}

/** `1 error occurred:\n\t* job spike-migrate failed` → `job spike-migrate failed` */
function oneLine(text: string): string {
  return text
    .replace(/\d+ errors? occurred:\s*\* /g, '')
    .replace(/\s*\n\s*\* /g, '; ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * `- replicas: Invalid type. …` of Helm 3, `- at '/replicas': …` of Helm 4, under a line that names the chart; and what a
 * chart itself refuses with `fail`, in the same form or as one text.
 */
function valueFaults(said: string): string[] {
  const isSchema = said.includes("values don't meet the specifications of the schema");
  const refusal = /execution error at \([^)]*\): ([^]*?)(?:\s*Use --debug flag[^]*)?$/.exec(said)?.[1];
  if (!isSchema && refusal === undefined) return [];
  const listed = (refusal ?? said)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2).replace(/^at '\/?([^']*)':/, placeOf));
  return listed.length > 0 || refusal === undefined ? listed : [oneLine(refusal)];
}

/** `mysql/url` → `mysql.url:` */
function placeOf(_all: string, path: string): string {
  return `${path.replaceAll('/', '.') || '(root)'}:`;
}
