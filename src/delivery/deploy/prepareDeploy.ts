import { parse } from 'yaml';
import { DeliveryError } from '../deliveryError.js';
import { comparePlan, type PlannedObject } from './comparePlan.js';
import { createHelm, HelmError, type Helm, type Revision } from './createHelm.js';
import type { DeployOptions } from './deployOptions.js';
import { findKubeTool, type Tool, type ToolName } from './findKubeTools.js';
import { ok, problem, skipped, type DeployFinding, type Verdict } from './findings.js';
import {
  imagesOf,
  ingressUrl,
  migrationJobOf,
  parseHooks,
  parseManifests,
  secretsOfManifests,
  type Manifest,
} from './manifests.js';
import type { Cluster } from './openCluster.js';
import type { Input } from './openInput.js';
import { checkAccess } from './preflight/checkAccess.js';
import { checkNamespace, nameCluster, reachCluster, type ClusterName } from './preflight/checkCluster.js';
import { checkImages } from './preflight/checkImages.js';
import { checkRelease } from './preflight/checkRelease.js';
import { checkSecrets } from './preflight/checkSecrets.js';
import { checkValues } from './preflight/checkValues.js';
import { createScrub, type Scrub } from './secrecy.js';

/** What would happen. */
export interface DeployPlan {
  release: string;
  namespace: string;
  context: string | null;
  cluster: string | null;
  chart: ChartInfo;
  /** What runs now; null at the first installation, and without a cluster. */
  current: { revision: number; status: string; chart: string; appVersion: string } | null;
  images: string[];
  /** The Job that brings the schema up to date before the new pods start. */
  migration: { job: string; image: string | null; command: string[]; isNewVersion: boolean } | null;
  objects: PlannedObject[];
  /** Where shoppers reach it, as far as the chart says it. */
  ingressUrl: string | null;
  /** What could not be known, and why. */
  unknown: string[];
}

export interface ChartInfo {
  name: string;
  version: string;
  appVersion: string | null;
}

export interface Prepared {
  findings: DeployFinding[];
  /** Undefined when a problem was found. */
  plan: DeployPlan | undefined;
  /** What would be applied, as YAML with secrets; undefined when the values are not valid. */
  rendered: string | undefined;
  helm: Helm | undefined;
  cluster: Cluster | undefined;
  history: Revision[];
  /** Takes the secrets of values and manifests out of a text. */
  scrub: Scrub;
}

/**
 * Looks at all that has to be well before a deployment, reports every problem at once, and makes the plan when there is none.
 * Changes nothing. Without a cluster (`isOffline`) it renders here, and says what that cannot tell.
 */
export async function prepareDeploy(
  options: DeployOptions & { isOffline: boolean },
  input: Input,
  signal: AbortSignal,
): Promise<Prepared> {
  const findings: DeployFinding[] = [];
  const add = (name: string, ...verdicts: Verdict[]) =>
    findings.push(...verdicts.map((verdict) => ({ name, ...verdict })));
  const [helmTool, kubectl] = await Promise.all([
    find('helm', options.helmFile, add, signal),
    options.isOffline ? undefined : find('kubectl', options.kubectlFile, add, signal),
  ]);
  let prepared: Prepared = {
    findings,
    plan: undefined,
    rendered: undefined,
    helm: undefined,
    cluster: undefined,
    history: [],
    scrub: input.scrub,
  };
  if (helmTool === undefined) return prepared;
  let helm = createHelm(helmTool, options, { signal, scrub: input.scrub });
  const { verdict, rendered } = await checkValues(helm, input);
  add('values', verdict);
  for (const file of input.openFiles) {
    add('values', {
      status: 'warning',
      evidence: `${file} holds secrets, and others on this machine can read it.`,
      fix: `chmod 600 ${file}`,
      exit: 0,
    });
  }
  const scrub = createScrub([...input.secrets, ...secretsOfManifests(rendered?.manifests ?? [])]);
  helm = createHelm(helmTool, options, { signal, scrub });
  prepared = { ...prepared, rendered: rendered?.text, helm, scrub };
  if (options.isOffline) {
    if (rendered === undefined) return prepared;
    return { ...prepared, plan: await planOffline(options, helm, input.chart, rendered.manifests, scrub) };
  }
  if (kubectl === undefined) return prepared;
  const { name, cluster, verdict: reached } = await reach(kubectl, options);
  add('cluster', reached);
  if (cluster === undefined || name === undefined) return prepared;
  prepared = { ...prepared, cluster };
  try {
    const history = await checkAll({ options, helm, cluster, manifests: rendered?.manifests, add, signal });
    if (rendered === undefined || findings.some(({ status }) => status === 'problem')) return { ...prepared, history };
    const plan = await planOnline({ options, helm, input, name, history, scrub, add });
    return { ...prepared, history, plan };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

type Add = (name: string, ...verdicts: Verdict[]) => void;

async function find(
  name: ToolName,
  file: string | undefined,
  add: Add,
  signal: AbortSignal,
): Promise<Tool | undefined> {
  try {
    const tool = await findKubeTool(name, file, signal);
    add(name, ok(`${name} ${tool.version} (${tool.file}).`));
    return tool;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    add(name, problem(error.message, error.suggestions[0] ?? null, error.exit));
    return undefined;
  }
}

async function reach(kubectl: Tool, { kubeContext }: DeployOptions) {
  const name = await nameCluster(kubectl, kubeContext);
  if ('evidence' in name) return { name: undefined, cluster: undefined, verdict: name };
  return { name, ...(await reachCluster(kubectl, kubeContext, name)) };
}

async function checkAll(house: {
  options: DeployOptions;
  helm: Helm;
  cluster: Cluster;
  manifests: readonly Manifest[] | undefined;
  add: Add;
  signal: AbortSignal;
}): Promise<Revision[]> {
  const { options, helm, cluster, manifests, add, signal } = house;
  const { namespace } = options;
  const unknown = skipped('Not known: the values are not valid.');
  const [ofNamespace, history, ofAccess, ofSecrets, ofImages] = await Promise.all([
    checkNamespace(cluster, namespace, options.createNamespace),
    helm.history().catch((error: unknown) => (error instanceof HelmError ? error : Promise.reject(error as Error))),
    manifests === undefined ? [unknown] : checkAccess(cluster, namespace, manifests),
    manifests === undefined ? [unknown] : checkSecrets(cluster, namespace, manifests),
    manifests === undefined
      ? [unknown]
      : options.checksImages
        ? checkImages(imagesOf(manifests), signal)
        : [skipped('Not asked for: --skip-image-check.')],
  ]);
  add('namespace', ofNamespace);
  add('release', history instanceof HelmError ? notTold(history) : checkRelease(options, history));
  add('rights', ...ofAccess);
  add('secrets', ...ofSecrets);
  add('images', ...ofImages);
  return history instanceof HelmError ? [] : history;
}

/** Helm keeps releases in Secrets: whether these may be read, the look at the rights says. */
function notTold({ message }: HelmError): Verdict {
  return /forbidden/.test(message) ? skipped('Not known: its Secrets may not be read.') : problem(`${message}.`, null);
}

async function planOnline(house: {
  options: DeployOptions;
  helm: Helm;
  input: Input;
  name: ClusterName;
  history: Revision[];
  scrub: Scrub;
  add: Add;
}): Promise<DeployPlan | undefined> {
  const { options, helm, input, name, history, scrub, add } = house;
  try {
    const [current] = history.filter(({ status }) => status !== 'uninstalled');
    // As helm does: what a failed revision has applied is not known, so the last that was well is compared.
    const base = history.find(({ status }) => status === 'deployed') ?? current;
    const [planned, now, chart] = await Promise.all([
      helm.plan(input),
      base === undefined ? undefined : helm.release(base.revision),
      readChart(helm, input.chart),
    ]);
    const after = [...parseManifests(planned.manifest), ...parseHooks(planned.hooks)];
    const before = now === undefined ? [] : [...parseManifests(now.manifest), ...parseHooks(now.hooks)];
    const known = createScrub([...input.secrets, ...secretsOfManifests([...before, ...after])]);
    return {
      ...describe(options, chart, after),
      context: name.context,
      cluster: name.server,
      current:
        current === undefined
          ? null
          : {
              revision: current.revision,
              status: current.status,
              chart: current.chart,
              appVersion: current.appVersion,
            },
      migration: migrationOf(after, current?.status === 'deployed' ? current.appVersion : undefined, chart),
      objects: comparePlan(before, after, (text) => known(scrub(text))),
      unknown:
        current === undefined || current.status === 'deployed'
          ? []
          : [
              `what revision ${current.revision} applied before it failed: the plan compares with revision ${base?.revision}`,
            ],
    };
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    add('plan', problem(`${error.message}.`, 'Correct what helm says; nothing was changed.', error.exit));
    return undefined;
  }
}

async function planOffline(
  options: DeployOptions,
  helm: Helm,
  chartPath: string,
  manifests: readonly Manifest[],
  scrub: Scrub,
): Promise<DeployPlan> {
  const chart = await readChart(helm, chartPath);
  return {
    ...describe(options, chart, manifests),
    context: null,
    cluster: null,
    current: null,
    migration: migrationOf(manifests, undefined, chart),
    objects: comparePlan([], manifests, scrub),
    unknown: [
      'what runs now, so everything counts as new',
      'whether the namespace, the secrets and the rights are there',
      'the secrets that the chart makes or finds in the cluster: here they are made up',
      'whether the registry has the images',
    ],
  };
}

function describe({ release, namespace }: DeployOptions, chart: ChartInfo, manifests: readonly Manifest[]) {
  return { release, namespace, chart, images: imagesOf(manifests), ingressUrl: ingressUrl(manifests) };
}

function migrationOf(
  manifests: readonly Manifest[],
  runningVersion: string | undefined,
  chart: ChartInfo,
): DeployPlan['migration'] {
  const job = migrationJobOf(manifests);
  if (job === undefined) return null;
  const [container] = job.document.spec?.template?.spec?.containers ?? [];
  return {
    job: job.name,
    image: container?.image ?? null,
    command: [...(container?.command ?? []), ...(container?.args ?? [])],
    isNewVersion: runningVersion !== chart.appVersion,
  };
}

export async function readChart(helm: Helm, chart: string): Promise<ChartInfo> {
  const { name, version, appVersion } = parse(await helm.chartInfo(chart)) as Partial<ChartInfo>;
  return {
    name: String(name),
    version: String(version),
    appVersion: appVersion === undefined ? null : String(appVersion),
  };
}
