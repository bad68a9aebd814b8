import { DeliveryError } from '../deliveryError.js';
import { createHelm, HelmError, type Helm, type Release, type Revision } from './createHelm.js';
import type { DeployOptions } from './deployOptions.js';
import { findKubeTool, type Tool, type ToolName } from './findKubeTools.js';
import { ok, problem, skipped, type DeployFinding, type Verdict } from './findings.js';
import { imagesOf, manifestsOf, secretsOfManifests, type Manifest } from './manifests.js';
import type { Cluster } from './openCluster.js';
import type { Input } from './openInput.js';
import { planDeploy, planOffline, type DeployPlan } from './planDeploy.js';
import { checkAccess } from './preflight/checkAccess.js';
import { checkNamespace, nameCluster, reachCluster } from './preflight/checkCluster.js';
import { checkImages } from './preflight/checkImages.js';
import { checkRelease } from './preflight/checkRelease.js';
import { checkSecrets } from './preflight/checkSecrets.js';
import { checkValues } from './preflight/checkValues.js';
import { createScrub, type Scrub } from './secrecy.js';

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
    // What a chart looks up in the cluster is in its objects only when the cluster is asked.
    const planned = rendered === undefined ? undefined : await planOrFault(helm, input);
    const isComplete = !(planned instanceof HelmError);
    const manifests =
      planned === undefined || planned instanceof HelmError ? rendered?.manifests : manifestsOf(planned);
    const history = await checkAll({ options, helm, cluster, manifests, isComplete, add, signal });
    prepared = { ...prepared, history };
    if (planned === undefined || findings.some(({ status }) => status === 'problem')) return prepared;
    if (planned instanceof HelmError) {
      add('plan', problem(`${planned.message}.`, 'Correct what helm says; nothing was changed.', planned.exit));
      return prepared;
    }
    return { ...prepared, plan: await planDeploy({ options, helm, input, name, history, scrub, planned }) };
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
  isComplete: boolean;
  add: Add;
  signal: AbortSignal;
}): Promise<Revision[]> {
  const { options, helm, cluster, manifests, isComplete, add, signal } = house;
  const { namespace } = options;
  const unknown = skipped('Not known: the values are not valid.');
  const [ofNamespace, history, ofAccess, ofSecrets, ofImages] = await Promise.all([
    checkNamespace(cluster, namespace, options.createNamespace),
    helm.history().catch((error: unknown) => (error instanceof HelmError ? error : Promise.reject(error as Error))),
    manifests === undefined ? { ofKinds: unknown, ofRights: unknown } : checkAccess(cluster, namespace, manifests),
    manifests === undefined ? [unknown] : checkSecrets(cluster, namespace, manifests, isComplete),
    manifests === undefined
      ? [unknown]
      : options.checksImages
        ? checkImages(imagesOf(manifests), signal)
        : [skipped('Not asked for: --skip-image-check.')],
  ]);
  add('namespace', ofNamespace);
  add('release', history instanceof HelmError ? notTold(history) : checkRelease(options, history));
  add('kinds', ofAccess.ofKinds);
  add('rights', ofAccess.ofRights);
  add('secrets', ...ofSecrets);
  add('images', ...ofImages);
  return history instanceof HelmError ? [] : history;
}

async function planOrFault(helm: Helm, input: Input): Promise<Release | HelmError> {
  try {
    return await helm.plan(input);
  } catch (error) {
    if (error instanceof HelmError) return error;
    throw error;
  }
}

/** Helm keeps releases in Secrets: whether these may be read, the look at the rights says. */
function notTold({ message }: HelmError): Verdict {
  return message.includes('forbidden')
    ? skipped('Not known: its Secrets may not be read.')
    : problem(`${message}.`, null);
}
