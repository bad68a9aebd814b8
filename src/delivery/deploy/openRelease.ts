import { nearest } from '../../domain/nearest.js';
import { DeliveryError } from '../deliveryError.js';
import { createHelm, type Helm, type Revision, type Target } from './createHelm.js';
import { findKubeTool } from './findKubeTools.js';
import type { Cluster } from './openCluster.js';
import { nameCluster, reachCluster, type ClusterName } from './preflight/checkCluster.js';
import { createScrub } from './secrecy.js';

/** A release that is there, and the cluster that it is in. */
export interface OpenRelease {
  helm: Helm;
  cluster: Cluster;
  name: ClusterName;
  /** Newest first, at least one. */
  history: [Revision, ...Revision[]];
}

/**
 * Opens the cluster and looks the release up.
 *
 * @throws DeliveryError: 5 when a tool is missing or nobody answers, 4 when we are not let in, 2 for a release that is not there
 */
export async function openRelease(
  options: Target & { helmFile: string | undefined; kubectlFile: string | undefined },
  signal: AbortSignal,
): Promise<OpenRelease> {
  const [helmTool, kubectl] = await Promise.all([
    findKubeTool('helm', options.helmFile, signal),
    findKubeTool('kubectl', options.kubectlFile, signal),
  ]);
  const helm = createHelm(helmTool, options, { signal, scrub: createScrub([]) });
  const name = await nameCluster(kubectl, options.kubeContext);
  if ('evidence' in name) throw refusal('KUBECONFIG', name);
  const { cluster, verdict } = await reachCluster(kubectl, options.kubeContext, name);
  if (cluster === undefined) throw refusal(verdict.exit === 5 ? 'CLUSTER_UNREACHABLE' : 'CLUSTER_REFUSED', verdict);
  try {
    const [current, ...older] = await helm.history();
    if (current === undefined) throw await unknownRelease(helm, options);
    return { helm, cluster, name, history: [current, ...older] };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

function refusal(
  code: string,
  { evidence, fix, exit }: { evidence: string; fix: string | null; exit: number },
): DeliveryError {
  return new DeliveryError(code, evidence, { exit, suggestions: fix === null ? [] : [fix] });
}

async function unknownRelease(helm: Helm, { release, namespace }: Target): Promise<DeliveryError> {
  const all = await helm.list().catch(() => []);
  const elsewhere = all.find((one) => one.name === release);
  const here = all.filter((one) => one.namespace === namespace).map((one) => one.name);
  const meant = nearest(release, here) ?? here[0];
  const suggestions =
    elsewhere !== undefined
      ? [`It is in namespace ${elsewhere.namespace}: --namespace ${elsewhere.namespace}`]
      : meant !== undefined
        ? [`Did you mean --release ${meant}?`]
        : all.length > 0
          ? [`There is: ${all.map((one) => `${one.name} (namespace ${one.namespace})`).join(', ')}.`]
          : [`spikectl deploy --namespace ${namespace} --release ${release}`];
  return new DeliveryError('RELEASE_UNKNOWN', `There is no release ${release} in namespace ${namespace}.`, {
    exit: 2,
    suggestions,
  });
}
