import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createObjects, type Change, type KubeObject, type Objects } from './createObjects.js';
import { decodeSecret, isProtobuf } from './decodeSecret.js';
import { applyMergePatch } from './mergePatch.js';
import { discover, groupVersion, resources, type Resource } from './resources.js';
import { runWorkloads, type Behaviour } from './runWorkloads.js';

/** What a client asks to be allowed. */
interface Access {
  verb: string;
  group: string;
  resource: string;
  namespace: string;
}

/**
 * A stand-in for a Kubernetes API server, which is no cluster: it keeps objects, answers discovery, lists, gets, creates,
 * updates, patches, deletes and watches as far as helm and kubectl ask, and lets a test say what becomes of workloads.
 * There is no validation, no admission, no defaulting beyond `replicas` and `clusterIP`, and nothing runs.
 */
export interface KubeStandIn {
  url: string;
  kubeconfig: string;
  objects: Objects;
  /** What becomes of the workload of this name, from its next change on. */
  behave(workload: string, behaviour: Behaviour): void;
  /** What the container of this name has logged. */
  log(container: string, text: string): void;
  /** Asked about each right; all are given unless a test says otherwise. */
  allow(decide: (access: Access) => boolean): void;
  create(object: Record<string, unknown>, namespace?: string): KubeObject;
  close(): Promise<void>;
}

export async function openKubeStandIn(): Promise<KubeStandIn> {
  const objects = createObjects();
  const behaviours = new Map<string, Behaviour>();
  const logs = new Map<string, string>();
  let decide: (access: Access) => boolean = () => true;
  const workloads = runWorkloads(objects, (name) => behaviours.get(name) ?? 'well');
  const server = http.createServer((request, response) => {
    void answer({ objects, logs, mayDo: (access) => decide(access) }, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-kube-'));
  const kubeconfig = path.join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigText(url), { mode: 0o600 });
  const create: KubeStandIn['create'] = (object, namespace) => {
    const resource = resources.find(({ kind }) => kind === object.kind);
    if (resource === undefined) throw new Error(`The stand-in keeps no ${String(object.kind)}.`);
    return objects.put(resource, namespace, object);
  };
  for (const name of ['default', 'kube-system']) create({ kind: 'Namespace', metadata: { name } });
  return {
    url,
    kubeconfig,
    objects,
    behave: (workload, behaviour) => void behaviours.set(workload, behaviour),
    log: (container, text) => void logs.set(container, text),
    allow: (next) => void (decide = next),
    create,
    async close() {
      workloads.stop();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function kubeconfigText(url: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'stand-in',
    clusters: [{ name: 'stand-in', cluster: { server: url } }],
    users: [{ name: 'tester', user: {} }],
    contexts: [{ name: 'stand-in', context: { cluster: 'stand-in', user: 'tester' } }],
  });
}

interface House {
  objects: Objects;
  logs: Map<string, string>;
  mayDo: (access: Access) => boolean;
}

interface Target {
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
}

async function answer(house: House, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const body = await readBody(request);
  const send = (code: number, document: unknown) => {
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  };
  const found = discover(url.pathname);
  if (found !== undefined) return send(200, found);
  const target = targetOf(url.pathname);
  if (target === undefined)
    return send(404, failure(404, 'NotFound', 'the server could not find the requested resource'));
  if (target.resource.kind === 'SelfSubjectAccessReview') return send(201, review(house, body));
  if (target.subresource === 'log') {
    const log = house.logs.get(url.searchParams.get('container') ?? '') ?? '';
    const lines = log.split('\n').slice(-Number(url.searchParams.get('tailLines') ?? 100));
    return void response.writeHead(200, { 'content-type': 'text/plain' }).end(lines.join('\n'));
  }
  if (request.method === 'GET' && target.name === undefined) return list(house, target, url, response);
  send(...act(house, target, request, body));
}

function targetOf(pathname: string): Target | undefined {
  const match =
    /^\/(?:api|apis)\/(v1|[^/]+\/[^/]+)(?:\/namespaces\/([^/]+)(?=\/))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(
      pathname,
    );
  const [, version, namespace, plural, name, subresource] = match ?? [];
  const resource = resources.find((one) => groupVersion(one) === version && one.plural === plural);
  return resource === undefined ? undefined : { resource, namespace, name, subresource };
}

function act(
  house: House,
  target: Target,
  request: http.IncomingMessage,
  given: Record<string, unknown>,
): [code: number, body: unknown] {
  const { objects } = house;
  const { resource, namespace } = target;
  const name = target.name ?? (given.metadata as { name?: string } | undefined)?.name ?? '';
  const before = objects.get(resource.kind, namespace, name);
  const gone = failure(
    404,
    'NotFound',
    `${resource.plural}${resource.group && '.'}${resource.group} "${name}" not found`,
  );
  switch (request.method) {
    case 'POST':
      if (resource.isNamespaced && objects.get('Namespace', undefined, namespace ?? '') === undefined)
        return [404, failure(404, 'NotFound', `namespaces "${namespace}" not found`)];
      if (before !== undefined)
        return [409, failure(409, 'AlreadyExists', `${resource.plural} "${name}" already exists`)];
      return [201, objects.put(resource, namespace, withDefaults(given))];
    case 'PUT':
      return before === undefined ? [404, gone] : [200, objects.put(resource, namespace, withDefaults(given))];
    case 'PATCH': {
      const type = request.headers['content-type'] ?? '';
      if (before === undefined && type !== 'application/apply-patch+yaml') return [404, gone];
      const patched = applyMergePatch(before ?? {}, given, type.includes('strategic') || type.includes('apply'));
      return [200, objects.put(resource, namespace, withDefaults(patched as Record<string, unknown>))];
    }
    case 'DELETE':
      if (before === undefined) return [404, gone];
      objects.remove(before);
      return [200, { kind: 'Status', apiVersion: 'v1', status: 'Success' }];
    default:
      return before === undefined ? [404, gone] : [200, before];
  }
}

function withDefaults(object: Record<string, unknown>): Record<string, unknown> {
  if (object.kind === 'Deployment') return { ...object, spec: { replicas: 1, ...(object.spec as object) } };
  // Helm waits for it.
  if (object.kind === 'Service') return { ...object, spec: { clusterIP: '10.96.0.1', ...(object.spec as object) } };
  if (object.kind !== 'Secret' || object.stringData === undefined) return object;
  const { stringData, data, ...rest } = object as { stringData: Record<string, string>; data?: Record<string, string> };
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(text).toString('base64')] as const);
  return { ...rest, data: { ...data, ...Object.fromEntries(encoded) } };
}

function list({ objects }: House, { resource, namespace }: Target, url: URL, response: http.ServerResponse): void {
  const matches = selector(url.searchParams);
  const listed = () => objects.list(resource.kind, namespace).filter(matches);
  response.writeHead(200, { 'content-type': 'application/json' });
  if (!url.searchParams.has('watch') || url.searchParams.get('watch') === 'false') {
    const kind = `${resource.kind}List`;
    const metadata = { resourceVersion: objects.version };
    response.end(JSON.stringify({ kind, apiVersion: groupVersion(resource), metadata, items: listed() }));
    return;
  }
  const from = Number(url.searchParams.get('resourceVersion') ?? 0);
  const tell = (change: Change) => void response.write(`${JSON.stringify(change)}\n`);
  const isHere = ({ kind, metadata }: KubeObject) =>
    kind === resource.kind && (namespace === undefined || metadata.namespace === namespace);
  const off = objects.onChange((change) => {
    if (isHere(change.object) && matches(change.object)) tell(change);
  });
  response.on('close', off);
  response.flushHeaders();
  for (const object of listed()) {
    if (Number(object.metadata.resourceVersion) > from) tell({ type: 'ADDED', object });
  }
}

function selector(query: URLSearchParams): (object: KubeObject) => boolean {
  const labels = conditions(query.get('labelSelector'));
  const fields = conditions(query.get('fieldSelector'));
  return (object) =>
    labels.every(([name, value]) => object.metadata.labels?.[name] === value) &&
    fields.every(([name, value]) => readField(object, name) === value);
}

function conditions(text: string | null): [name: string, value: string][] {
  return (text ?? '')
    .split(',')
    .filter(Boolean)
    .map((condition) => condition.split(/==?/) as [string, string]);
}

function readField(object: unknown, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>((value, field) => (value as Record<string, unknown> | undefined)?.[field], object);
}

function review({ mayDo }: House, asked: Record<string, unknown>): unknown {
  const { resourceAttributes } = asked.spec as { resourceAttributes: Partial<Access> };
  const { verb = '', group = '', resource = '', namespace = '' } = resourceAttributes;
  const allowed = mayDo({ verb, group, resource, namespace });
  return { ...asked, status: { allowed, ...(allowed ? {} : { reason: 'no RBAC policy matched' }) } };
}

function failure(code: number, reason: string, message: string) {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}

/** What is sent as JSON or, as helm does with its releases, as protobuf. */
async function readBody(request: http.IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  // The options of a deletion say nothing that matters here.
  if (body.length === 0 || request.method === 'DELETE') return {};
  return isProtobuf(body) ? decodeSecret(body) : (JSON.parse(body.toString()) as Record<string, unknown>);
}
