import type { PlannedObject } from '../../delivery/deploy/comparePlan.js';
import type { DeployOptions } from '../../delivery/deploy/deployOptions.js';
import { toStatus, type ServiceStatus } from '../../delivery/deploy/deployStatus.js';
import { exitOf, type DeployFinding } from '../../delivery/deploy/findings.js';
import { openInput, type Input } from '../../delivery/deploy/openInput.js';
import type { DeployPlan } from '../../delivery/deploy/planDeploy.js';
import { prepareDeploy, type Prepared } from '../../delivery/deploy/prepareDeploy.js';
import type { Trouble } from '../../delivery/deploy/rollout/explainTrouble.js';
import { hideSecrets } from '../../delivery/deploy/hideSecrets.js';
import { isUnchanged, runDeploy, workloadsOf, type ChangeOptions } from '../../delivery/deploy/runDeploy.js';
import { collectRenderValues } from '../../delivery/render/collectRenderValues.js';
import { renderAssets } from '../../delivery/render/renderAssets.js';
import { doctorText } from '../doctor/doctorText.js';
import { Cancelled, CliError, type ExitCode } from '../errors.js';
import { readSettingsFile } from '../loadSettings.js';
import type { Output } from '../output.js';
import { runSteps } from '../progress.js';
import { planText } from './deployText.js';
import { failureOf, tellFailure, type ChangeFailure } from './tellFailure.js';

export interface DeployResult {
  ok: boolean;
  dryRun: boolean;
  state: 'planned' | 'unchanged' | 'deployed' | 'refused' | 'failed' | 'timedOut' | 'rolledBack';
  release: string;
  namespace: string;
  context: string | null;
  cluster: string | null;
  chart: DeployPlan['chart'] | null;
  current: DeployPlan['current'];
  images: string[];
  migration: DeployPlan['migration'];
  objects: PlannedObject[];
  ingressUrl: string | null;
  unknown: string[];
  preflight: Omit<DeployFinding, 'exit'>[];
  /** The revision that stands now; null when nothing was changed or there is none. */
  revision: number | null;
  services: ServiceStatus[];
  troubles: Trouble[];
  /** Where a failed deployment was taken back to; null when it was not. */
  rolledBackTo: number | null;
  error: ChangeFailure | null;
}

export interface DeployRun {
  options: DeployOptions;
  isDryRun: boolean;
  /** Print the manifests instead of the plan. */
  asYaml: boolean;
  wait: boolean;
  timeoutSeconds: number;
  giveUpSeconds: number;
  rollsBack: boolean;
  out: Output;
  signal: AbortSignal;
  confirm(question: string, options: { typed?: string }): Promise<void>;
}

/** Looks, plans, asks, deploys, and says what came of it. The result is also that of a deployment that failed. */
export async function deployRelease(run: DeployRun): Promise<DeployResult> {
  const { options } = run;
  const input = await openInput(options, async () => renderAssets('helm', await chartValues(options)));
  try {
    const prepared = await prepare(run, input);
    try {
      return await decide(run, input, prepared);
    } finally {
      await prepared.cluster?.close();
    }
  } finally {
    await input.close();
  }
}

async function chartValues({ registry, tag }: DeployOptions) {
  const { values } = await readSettingsFile();
  return collectRenderValues('helm', { registry, tag }, { flags: {}, environment: process.env, file: values });
}

async function prepare({ options, isDryRun, out, signal }: DeployRun, input: Input): Promise<Prepared> {
  let prepared: Prepared | undefined;
  const title = isDryRun ? 'Rendering the chart' : 'Looking at chart, cluster and registry';
  const run = async () => {
    prepared = await prepareDeploy({ ...options, isOffline: isDryRun }, input, signal);
  };
  await runSteps([{ title, run }], out);
  if (prepared === undefined) throw new Error('The look before the deployment came to no end.');
  return prepared;
}

async function decide(run: DeployRun, input: Input, prepared: Prepared): Promise<DeployResult> {
  const { out, isDryRun } = run;
  const { findings, plan } = prepared;
  const result = toResult(run, prepared);
  const noticed = out.mode.verbose
    ? findings
    : findings.filter(({ status }) => status === 'problem' || status === 'warning');
  if (noticed.length > 0 && !out.mode.json) process.stderr.write(`${doctorText(noticed, out.paintError)}\n`);
  if (plan === undefined) return refuse(run, result, findings);
  if (!run.asYaml) out.result(planText(plan, out.paint, out.mode.verbose));
  else if (prepared.rendered !== undefined) out.result(hideSecrets(prepared.rendered).trimEnd());
  if (isDryRun) {
    out.info(`Nothing was changed${run.asYaml ? '; the values of Secrets are hidden' : ''}.`);
    return result;
  }
  if (isUnchanged(plan)) {
    out.success(`Nothing to do: revision ${plan.current?.revision} is what would be deployed.`);
    return { ...result, state: 'unchanged', revision: plan.current?.revision ?? null };
  }
  await ask(run, plan);
  return change(run, input, prepared, plan, result);
}

function toResult({ options, isDryRun }: DeployRun, { findings, plan }: Prepared): DeployResult {
  const { release, namespace } = options;
  const {
    context = null,
    cluster = null,
    chart = null,
    current = null,
    migration = null,
    ingressUrl = null,
  } = plan ?? {};
  return {
    ok: true,
    dryRun: isDryRun,
    state: 'planned',
    release,
    namespace,
    context,
    cluster,
    chart,
    current,
    images: plan?.images ?? [],
    migration,
    objects: plan?.objects ?? [],
    ingressUrl,
    unknown: plan?.unknown ?? [],
    preflight: findings.map(({ exit: _exit, ...finding }) => finding),
    revision: null,
    services: [],
    troubles: [],
    rolledBackTo: null,
    error: null,
  };
}

function refuse({ out }: DeployRun, result: DeployResult, findings: readonly DeployFinding[]): DeployResult {
  const problems = findings.filter(({ status }) => status === 'problem');
  const exit = exitOf(findings);
  const suggestions = problems.flatMap(({ fix }) => fix ?? []);
  if (!out.mode.json) {
    const count = `${problems.length === 1 ? 'One problem was' : `${problems.length} problems were`} found`;
    throw new CliError('PREFLIGHT', `${count}; nothing was changed.`, { exit: exit as ExitCode });
  }
  const message = problems.map(({ name, evidence }) => `${name}: ${evidence}`).join('\n');
  return { ...result, ok: false, state: 'refused', error: { code: 'PREFLIGHT', message, exit, suggestions } };
}

async function ask(
  { confirm }: DeployRun,
  { release, namespace, context, cluster, current }: DeployPlan,
): Promise<void> {
  const verb = current === null ? 'Install' : 'Upgrade';
  const question = `${verb} release ${release} in namespace ${namespace} of ${context ?? cluster}?`;
  await confirm(question, productionName({ namespace, context }));
}

/** What is called production is typed, so that nobody goes there by habit. */
export function productionName({ namespace, context }: { namespace: string; context: string | null }): {
  typed?: string;
} {
  const isProduction = [namespace, context ?? ''].some((name) =>
    /(^|[^a-z])(prod|production|live)([^a-z]|$)/i.test(name),
  );
  return isProduction ? { typed: namespace } : {};
}

async function change(
  run: DeployRun,
  input: Input,
  prepared: Prepared,
  plan: DeployPlan,
  result: DeployResult,
): Promise<DeployResult> {
  const { options, out, wait, timeoutSeconds, giveUpSeconds, signal } = run;
  const { helm, cluster, scrub } = prepared;
  if (helm === undefined || cluster === undefined)
    throw new Error('There is a plan, and nothing to carry it out with.');
  const workloads = workloadsOf(plan);
  const changing: ChangeOptions = {
    helm,
    cluster,
    namespace: options.namespace,
    workloads,
    wait,
    timeoutSeconds,
    giveUpSeconds,
    signal,
    scrub,
    show: (steps) => runSteps(steps, out, { concurrent: true }),
  };
  const end = await runDeploy({ ...changing, input, createNamespace: options.createNamespace });
  const revision = end.now?.revision ?? null;
  const services = end.services.map(toStatus);
  if (end.state === 'done') {
    out.success(`Release ${options.release} is at revision ${revision}${wait ? ', and all pods are ready' : ''}.`);
    return { ...result, state: 'deployed', revision, services };
  }
  const failure = failureOf({ target: options, timeoutSeconds, end, verb: 'deploy' });
  tellFailure(end, failure, out);
  if (end.state === 'interrupted') throw new Cancelled(failure.message);
  const taken = { ...result, ok: false, state: end.state === 'timedOut' ? ('timedOut' as const) : ('failed' as const) };
  const failed = { ...taken, revision, services, troubles: end.troubles, error: failure };
  if (!run.rollsBack) return failed;
  const { rollBackFailed } = await import('./rollBackFailed.js');
  const back = await rollBackFailed({ changing, end, release: options.release, out });
  const message = `${failure.message} ${back.message}`;
  return {
    ...failed,
    ...(back.isBack ? { state: 'rolledBack' as const } : {}),
    rolledBackTo: back.revision,
    error: { ...failure, message, ...(back.isBack ? { suggestions: [] } : {}) },
  };
}
