import type { Cluster } from '../openCluster.js';
import { ok, problem, warning, type Verdict } from '../findings.js';
import { containersOf, podTemplateOf, type Manifest } from '../manifests.js';

/** A Secret that pods need and the chart does not bring. */
interface NeededSecret {
  name: string;
  /** Keys that are named; a Secret that is taken whole names none. */
  keys: Set<string>;
  usedBy: string;
}

/**
 * Whether the Secrets that the rendered pods name are in the namespace with the keys that they ask for. A pod that lacks one
 * would wait for it until the timeout. Values are not looked at.
 *
 * @param isComplete the manifests were rendered with what the cluster holds; else the chart may make a Secret only then
 */
export async function checkSecrets(
  cluster: Cluster,
  namespace: string,
  manifests: readonly Manifest[],
  isComplete: boolean,
): Promise<Verdict[]> {
  const needed = neededSecrets(manifests);
  const verdicts = await Promise.all(needed.map((secret) => checkSecret(cluster, namespace, secret, isComplete)));
  if (needed.length === 0) verdicts.push(ok('The chart brings all Secrets that its pods need.'));
  return [...verdicts, ...(await checkTlsSecrets(cluster, namespace, manifests))];
}

async function checkSecret(
  cluster: Cluster,
  namespace: string,
  { name, keys, usedBy }: NeededSecret,
  isComplete: boolean,
): Promise<Verdict> {
  const found = await cluster.get<{ data?: Record<string, string> }>(`/api/v1/namespaces/${namespace}/secrets/${name}`);
  const wanted = [...keys].sort();
  if (found === undefined) {
    const files = wanted.map((key) => ` --from-file=${key}=FILE`).join('');
    const what = `Secret ${name}, which ${usedBy} needs${wanted.length === 0 ? '' : ` with ${wanted.join(', ')}`}, is not in namespace ${namespace}`;
    if (!isComplete) return warning(`${what}, unless the chart makes it.`, null);
    return problem(`${what}.`, `kubectl create secret generic ${name} --namespace ${namespace}${files}`);
  }
  const missing = wanted.filter((key) => !Object.hasOwn(found.data ?? {}, key));
  if (missing.length === 0)
    return ok(`Secret ${name} is there${wanted.length === 0 ? '' : ` with ${wanted.join(', ')}`}.`);
  return problem(
    `Secret ${name} in namespace ${namespace} lacks ${missing.join(', ')}, which ${usedBy} needs.`,
    `Add it: kubectl edit secret ${name} --namespace ${namespace}`,
  );
}

/** cert-manager and its like make them after the Ingress is there, so that one that is missing keeps nothing from beginning. */
async function checkTlsSecrets(
  cluster: Cluster,
  namespace: string,
  manifests: readonly Manifest[],
): Promise<Verdict[]> {
  const names = manifests
    .filter(({ kind }) => kind === 'Ingress')
    .flatMap(({ document }) => document.spec?.tls ?? [])
    .flatMap(({ secretName }) => secretName ?? []);
  const verdicts = names.map(async (name) => {
    const found = await cluster.get(`/api/v1/namespaces/${namespace}/secrets/${name}`);
    if (found !== undefined) return [];
    return [
      warning(
        `The certificate in Secret ${name} is not there: the Ingress serves TLS when it is.`,
        `kubectl create secret tls ${name} --namespace ${namespace} --cert=FILE --key=FILE (unless an issuer makes it)`,
      ),
    ];
  });
  return (await Promise.all(verdicts)).flat();
}

/** What pods name, less what the chart itself brings and what is optional. */
export function neededSecrets(manifests: readonly Manifest[]): NeededSecret[] {
  const brought = new Set(manifests.filter(({ kind }) => kind === 'Secret').map(({ name }) => name));
  const needed = new Map<string, NeededSecret>();
  const add = (usedBy: string, name: string | undefined, optional: boolean | undefined, keys: readonly string[]) => {
    if (name === undefined || optional === true || brought.has(name)) return;
    const secret = needed.get(name) ?? { name, keys: new Set(), usedBy };
    needed.set(name, secret);
    for (const key of keys) secret.keys.add(key);
  };
  for (const manifest of manifests) {
    const { volumes = [], imagePullSecrets = [] } = podTemplateOf(manifest)?.spec ?? {};
    const keysOf = (items: readonly { key: string }[] = []) => items.map(({ key }) => key);
    for (const { secret, projected } of volumes) {
      add(manifest.name, secret?.secretName, secret?.optional, keysOf(secret?.items));
      for (const source of projected?.sources ?? [])
        add(manifest.name, source.secret?.name, source.secret?.optional, keysOf(source.secret?.items));
    }
    for (const { name } of imagePullSecrets) add(manifest.name, name, false, ['.dockerconfigjson']);
    for (const { env = [], envFrom = [] } of containersOf(manifest)) {
      for (const { secretRef } of envFrom) add(manifest.name, secretRef?.name, secretRef?.optional, []);
      for (const { valueFrom } of env) {
        const { name, key, optional } = valueFrom?.secretKeyRef ?? {};
        add(manifest.name, name, optional, key === undefined ? [] : [key]);
      }
    }
  }
  return [...needed.values()];
}
