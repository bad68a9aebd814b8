import { parse } from 'yaml';
import { comparePlan, type PlannedObject } from './comparePlan.js';
import type { Helm, Release, Revision } from './createHelm.js';
import type { DeployOptions } from './deployOptions.js';
import {
  imagesOf,
  ingressUrl,
  manifestsOf,
  migrationJobOf,
  podTemplateOf,
  secretsOfManifests,
  type Manifest,
} from './manifests.js';
import type { Input } from './openInput.js';
import type { ClusterName } from './preflight/checkCluster.js';
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

interface ChartInfo {
  name: string;
  version: string;
  appVersion: string | null;
}

/** Compares what would be applied with what runs. */
export async function planDeploy(house: {
  options: DeployOptions;
  helm: Helm;
  input: Input;
  name: ClusterName;
  history: readonly Revision[];
  scrub: Scrub;
  planned: Release;
}): Promise<DeployPlan> {
  const { options, helm, input, name, history, scrub, planned } = house;
  const [current] = history.filter(({ status }) => status !== 'uninstalled');
  // As helm does: what a failed revision has applied is not known, so the last that was well is compared.
  const base = history.find(({ status }) => status === 'deployed') ?? current;
  const [now, chart] = await Promise.all([
    base === undefined ? undefined : helm.release(base.revision),
    readChart(helm, input.chart),
  ]);
  const after = manifestsOf(planned);
  const before = now === undefined ? [] : manifestsOf(now);
  const known = createScrub([...input.secrets, ...secretsOfManifests([...before, ...after])]);
  return {
    ...describe(options, chart, after),
    context: name.context,
    cluster: name.server,
    current: current === undefined ? null : shortly(current),
    migration: migrationOf(after, current?.status === 'deployed' ? current.appVersion : undefined, chart),
    objects: comparePlan(before, after, (text) => known(scrub(text))),
    unknown:
      current === undefined || current.status === 'deployed'
        ? []
        : [
            `what revision ${current.revision} applied before it failed: the plan compares with revision ${base?.revision}`,
          ],
  };
}

function shortly({ revision, status, chart, appVersion }: Revision) {
  return { revision, status, chart, appVersion };
}

/** What the chart makes when no cluster is asked, and what that cannot tell. */
export async function planOffline(
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
  const [container] = podTemplateOf(job)?.spec?.containers ?? [];
  return {
    job: job.name,
    image: container?.image ?? null,
    command: [...(container?.command ?? []), ...(container?.args ?? [])],
    isNewVersion: runningVersion !== chart.appVersion,
  };
}

async function readChart(helm: Helm, chart: string): Promise<ChartInfo> {
  const { name, version, appVersion } = parse(await helm.chartInfo(chart)) as Partial<ChartInfo>;
  return {
    name: String(name),
    version: String(version),
    appVersion: appVersion === undefined ? null : String(appVersion),
  };
}
