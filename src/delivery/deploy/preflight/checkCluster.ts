import { nearest } from '../../../domain/nearest.js';
import { runProgram } from '../../programs/runProgram.js';
import type { Tool } from '../findKubeTools.js';
import { ok, problem, warning, type Verdict } from '../findings.js';
import { ClusterRefusal, openCluster, type Cluster } from '../openCluster.js';
import { isAllowed } from './checkAccess.js';

/** Which cluster the kubeconfig leads to. Credentials are left out by kubectl. */
export interface ClusterName {
  context: string | null;
  server: string | null;
}

const CONFIG_TIMEOUT_MS = 15_000;

export async function nameCluster(kubectl: Tool, kubeContext: string | undefined): Promise<ClusterName | Verdict> {
  const view = (args: readonly string[]) =>
    runProgram({ file: kubectl.file, args: ['config', ...args], timeoutMs: CONFIG_TIMEOUT_MS });
  const context = kubeContext === undefined ? [] : ['--context', kubeContext];
  const { code, stdout } = await view(['view', '--minify', '--output=json', ...context]);
  if (code === 0) {
    const config = JSON.parse(stdout) as { 'current-context'?: string; clusters?: { cluster?: { server?: string } }[] };
    return {
      context: kubeContext ?? config['current-context'] ?? null,
      server: config.clusters?.[0]?.cluster?.server ?? null,
    };
  }
  const known = (await view(['get-contexts', '--output=name'])).stdout.split('\n').filter(Boolean);
  if (kubeContext !== undefined) {
    const meant = nearest(kubeContext, known);
    const fix = meant === undefined ? 'kubectl config get-contexts' : `Did you mean --kube-context ${meant}?`;
    return problem(`The kubeconfig has no context ${kubeContext}.`, fix, 2);
  }
  // In a pod there is no kubeconfig: kubectl and helm take the service account.
  const { KUBERNETES_SERVICE_HOST: host } = process.env;
  if (host !== undefined) return { context: null, server: `https://${host}` };
  return problem(
    'The kubeconfig names no cluster.',
    known.length > 0
      ? `Choose one: --kube-context ${known[0]}`
      : 'Name the file: KUBECONFIG=FILE, or have it written by the tool of your cloud.',
    2,
  );
}

/** Opens the cluster and asks for its version, which everybody may. */
export async function reachCluster(
  kubectl: Tool,
  kubeContext: string | undefined,
  { context, server }: ClusterName,
): Promise<{ cluster: Cluster | undefined; verdict: Verdict }> {
  const cluster = await openCluster(kubectl, kubeContext);
  const where = `${server ?? 'the cluster'}${context === null ? '' : ` (context ${context})`}`;
  try {
    const version = await cluster.get<{ gitVersion?: string }>('/version');
    // The version is told to anybody; who we are is asked with the first right.
    await isAllowed(cluster, undefined, { group: '', resource: 'namespaces' }, 'get');
    return { cluster, verdict: ok(`Kubernetes ${version?.gitVersion ?? '(unknown)'} at ${where}.`) };
  } catch (error) {
    await cluster.close();
    const { message, exit } = error as Error & { exit?: number };
    if (error instanceof ClusterRefusal && exit === 4) {
      const fix = 'Log in to the cluster again, or choose another user: --kube-context NAME';
      return { cluster: undefined, verdict: problem(`${where} does not let us in: ${message}.`, fix, 4) };
    }
    const fix = `Is it up, and reachable from here (VPN, firewall)? kubectl cluster-info${context === null ? '' : ` --context ${context}`}`;
    return { cluster: undefined, verdict: problem(`${where}: ${message}`, fix, 5) };
  }
}

export async function checkNamespace(cluster: Cluster, namespace: string, createNamespace: boolean): Promise<Verdict> {
  try {
    const found = await cluster.get<{ status?: { phase?: string } }>(`/api/v1/namespaces/${namespace}`);
    if (found?.status?.phase === 'Terminating') {
      return problem(
        `Namespace ${namespace} is being deleted.`,
        'Wait until it is gone, or choose another: --namespace NAME',
      );
    }
    if (found !== undefined) return ok(`Namespace ${namespace} is there.`);
  } catch (error) {
    if (!(error instanceof ClusterRefusal) || error.exit !== 4) throw error;
    return warning(`Whether namespace ${namespace} is there may not be asked.`, null);
  }
  if (!createNamespace) {
    return problem(
      `There is no namespace ${namespace}.`,
      `Have it made: --create-namespace (or kubectl create namespace ${namespace})`,
    );
  }
  const isMine = await isAllowed(cluster, undefined, { group: '', resource: 'namespaces' }, 'create');
  if (isMine) return ok(`Namespace ${namespace} will be made.`);
  return problem(
    `There is no namespace ${namespace}, and this user may not make one.`,
    `Have somebody make it: kubectl create namespace ${namespace}`,
    4,
  );
}
