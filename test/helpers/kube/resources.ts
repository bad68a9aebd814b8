/** A kind that the stand-in keeps, as discovery tells it. */
export interface Resource {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  kind: string;
  isNamespaced: boolean;
}

const kinds: readonly [groupVersion: string, ...kinds: [plural: string, kind: string][]][] = [
  [
    'v1',
    ['namespaces', 'Namespace'],
    ['secrets', 'Secret'],
    ['configmaps', 'ConfigMap'],
    ['services', 'Service'],
    ['serviceaccounts', 'ServiceAccount'],
    ['pods', 'Pod'],
    ['events', 'Event'],
  ],
  ['apps/v1', ['deployments', 'Deployment'], ['replicasets', 'ReplicaSet']],
  ['batch/v1', ['jobs', 'Job']],
  ['networking.k8s.io/v1', ['ingresses', 'Ingress'], ['networkpolicies', 'NetworkPolicy']],
  ['policy/v1', ['poddisruptionbudgets', 'PodDisruptionBudget']],
  ['autoscaling/v2', ['horizontalpodautoscalers', 'HorizontalPodAutoscaler']],
  ['authorization.k8s.io/v1', ['selfsubjectaccessreviews', 'SelfSubjectAccessReview']],
];

const clusterWide = new Set(['Namespace', 'SelfSubjectAccessReview']);

export const resources: readonly Resource[] = kinds.flatMap(([groupVersion, ...entries]) => {
  const [version = '', group = ''] = groupVersion.split('/').reverse();
  return entries.map(([plural, kind]) => ({ group, version, plural, kind, isNamespaced: !clusterWide.has(kind) }));
});

export function groupVersion({ group, version }: Pick<Resource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** What discovery, `/version` and the OpenAPI root answer; undefined for any other path. */
export function discover(path: string): unknown {
  if (path === '/version') return { major: '1', minor: '33', gitVersion: 'v1.33.0', platform: 'linux/amd64' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() };
  if (path === '/openapi/v3') return { paths: Object.fromEntries(schemaPaths()) };
  const schema = /^\/openapi\/v3\/(?:api|apis)\/(.+)$/.exec(path)?.[1];
  if (schema !== undefined) return schemaOf(schema);
  const named = /^\/(?:api|apis)\/(v1|[^/]+\/[^/]+)$/.exec(path)?.[1];
  const listed = resources.filter((resource) => groupVersion(resource) === named);
  if (listed.length === 0) return undefined;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: named, resources: listed.map(described) };
}

function groups() {
  const named = [...new Set(resources.map(groupVersion))].filter((name) => name.includes('/'));
  return named.map((name) => {
    const version = { groupVersion: name, version: name.split('/')[1] };
    return { name: name.split('/')[0], versions: [version], preferredVersion: version };
  });
}

function described({ plural, kind, isNamespaced }: Resource) {
  const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
  return { name: plural, singularName: kind.toLowerCase(), namespaced: isNamespaced, kind, verbs };
}

function schemaPaths(): [string, unknown][] {
  return [...new Set(resources.map(groupVersion))].map((name) => {
    const path = name.includes('/') ? `apis/${name}` : `api/${name}`;
    return [path, { serverRelativeURL: `/openapi/v3/${path}` }];
  });
}

/** Only what a client asks before it leaves validation to the server: that there is the parameter `fieldValidation`. */
function schemaOf(name: string) {
  const parameters = [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }];
  const paths = resources
    .filter((resource) => groupVersion(resource) === name)
    .map(({ group, version, kind, plural }) => [
      `/${plural}/{name}`,
      { patch: { parameters, 'x-kubernetes-group-version-kind': { group, version, kind }, responses: {} } },
    ]);
  return { openapi: '3.0.0', info: { title: 'stand-in', version: '1' }, paths: Object.fromEntries(paths) };
}
