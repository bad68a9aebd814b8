import type { Cluster } from '../openCluster.js';
import { ok, problem, type Verdict } from '../findings.js';
import type { Manifest } from '../manifests.js';

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** What a release needs beside its own objects: helm keeps it in Secrets, and the wait reads these. */
const alwaysNeeded: readonly Right[] = [
  { group: '', resource: 'secrets', verbs: ['get', 'list', 'create', 'update', 'delete'] },
  { group: 'apps', resource: 'replicasets', verbs: ['list'] },
  { group: '', resource: 'pods', verbs: ['list'] },
];

const objectVerbs = ['get', 'create', 'patch', 'delete'];

interface Right {
  group: string;
  resource: string;
  verbs: readonly string[];
}

/**
 * Whether the cluster knows every kind of the chart, and whether this user may do with them what helm does. The cluster is
 * asked about each right, because only its authorizer knows.
 */
export async function checkAccess(
  cluster: Cluster,
  namespace: string,
  manifests: readonly Manifest[],
): Promise<{ ofKinds: Verdict; ofRights: Verdict }> {
  const { rights, unknown } = await findResources(cluster, manifests);
  const missing = (await isAllowed(cluster, namespace, { group: '*', resource: '*' }, '*'))
    ? []
    : await missingRights(cluster, namespace, rights);
  const kinds = new Set(manifests.map(({ kind }) => kind)).size;
  const ofKinds =
    unknown.length === 0
      ? ok(`The cluster knows all ${kinds} kinds of the chart.`)
      : problem(
          `The cluster does not know ${unknown.join(', ')}.`,
          'Install what brings them (an operator, say), or turn them off in the values.',
        );
  const ofRights =
    missing.length === 0
      ? ok(`All that helm does in namespace ${namespace} is allowed.`)
      : problem(
          `Not allowed in namespace ${namespace}: ${missing.join('; ')}.`,
          `Ask for a Role with these rights, or choose another user: --kube-context NAME. See all: kubectl auth can-i --list --namespace ${namespace}`,
          4,
        );
  return { ofKinds, ofRights };
}

async function findResources(cluster: Cluster, manifests: readonly Manifest[]) {
  const versions = [...new Set(manifests.map(({ apiVersion }) => apiVersion))];
  const known = new Map<string, ApiResource[]>();
  await Promise.all(
    versions.map(async (version) => {
      const listed = await cluster.get<{ resources: ApiResource[] }>(
        `/${version.includes('/') ? 'apis' : 'api'}/${version}`,
      );
      known.set(version, listed?.resources ?? []);
    }),
  );
  const rights = new Map<string, Right>();
  const unknown = new Set<string>();
  for (const { apiVersion, kind } of manifests) {
    const found = known.get(apiVersion)?.find((one) => one.kind === kind && !one.name.includes('/'));
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    if (found === undefined) unknown.add(`${kind} (${apiVersion})`);
    else rights.set(`${group}/${found.name}`, { group, resource: found.name, verbs: objectVerbs });
  }
  return { rights: [...rights.values()], unknown: [...unknown] };
}

async function missingRights(cluster: Cluster, namespace: string, rights: readonly Right[]): Promise<string[]> {
  const byResource = new Map<string, Right>();
  for (const right of [...rights, ...alwaysNeeded]) {
    const key = `${right.group}/${right.resource}`;
    const verbs = new Set([...(byResource.get(key)?.verbs ?? []), ...right.verbs]);
    byResource.set(key, { ...right, verbs: [...verbs] });
  }
  const missing = await Promise.all(
    [...byResource.values()].map(async (right) => {
      if (await isAllowed(cluster, namespace, right, '*')) return [];
      const answers = await Promise.all(right.verbs.map((verb) => isAllowed(cluster, namespace, right, verb)));
      const denied = right.verbs.filter((_verb, index) => answers[index] === false);
      const name = right.group === '' ? right.resource : `${right.resource}.${right.group}`;
      return denied.length === 0 ? [] : [`${denied.join(', ')} ${name}`];
    }),
  );
  return missing.flat().sort();
}

export async function isAllowed(
  cluster: Cluster,
  namespace: string | undefined,
  { group, resource }: Pick<Right, 'group' | 'resource'>,
  verb: string,
): Promise<boolean> {
  const resourceAttributes = { group, resource, verb, ...(namespace === undefined ? {} : { namespace }) };
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  };
  const answer = await cluster.post<{ status?: { allowed?: boolean } }>(
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    review,
  );
  return answer.status?.allowed === true;
}
