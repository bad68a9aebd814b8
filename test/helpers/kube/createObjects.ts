import { EventEmitter } from 'node:events';
import { groupVersion, type Resource } from './resources.js';

/** An object as the API keeps it; only what everything has is named. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    generation: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { kind: string; name: string; uid: string }[];
    [field: string]: unknown;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever a chart holds
  spec?: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever a test sets
  status?: any;
  [field: string]: unknown;
}

export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
}

/** What is kept: by kind, namespace and name, each with a version that grows, and every change told to who listens. */
export interface Objects {
  get(kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  list(kind: string, namespace?: string): KubeObject[];
  /** Creates or replaces. A changed `spec` raises the generation. */
  put(resource: Resource, namespace: string | undefined, object: Record<string, unknown>): KubeObject;
  /** Sets fields beside the spec, as a controller does. */
  touch(object: KubeObject, fields: Record<string, unknown>): void;
  /** Deletes it with all that it owns. */
  remove(object: KubeObject): void;
  onChange(listener: (change: Change) => void): () => void;
  readonly version: string;
}

export function createObjects(): Objects {
  const kept = new Map<string, KubeObject>();
  const changes = new EventEmitter().setMaxListeners(0);
  let version = 100;
  const tell = (type: Change['type'], object: KubeObject) => {
    changes.emit('change', { type, object: structuredClone(object) } satisfies Change);
  };
  const save = (object: KubeObject, type: Change['type']) => {
    object.metadata.resourceVersion = String(++version);
    kept.set(key(object.kind, object.metadata.namespace, object.metadata.name), object);
    tell(type, object);
    return object;
  };
  const objects: Objects = {
    get version() {
      return String(version);
    },
    get: (kind, namespace, name) => kept.get(key(kind, namespace, name)),
    list: (kind, namespace) =>
      [...kept.values()].filter(
        (object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace),
      ),
    put(resource, namespace, given) {
      const draft = structuredClone(given) as unknown as KubeObject;
      const { name } = draft.metadata;
      const before = objects.get(resource.kind, resource.isNamespaced ? namespace : undefined, name);
      const isSame = before !== undefined && JSON.stringify(before.spec) === JSON.stringify(draft.spec);
      const metadata = {
        creationTimestamp: new Date().toISOString(),
        ...before?.metadata,
        ...draft.metadata,
        ...(resource.isNamespaced ? { namespace } : {}),
        uid: before?.metadata.uid ?? `uid-${++version}`,
        generation: isSame ? before.metadata.generation : (before?.metadata.generation ?? 0) + 1,
        resourceVersion: '',
      } as KubeObject['metadata'];
      const status = draft.status ?? before?.status;
      const object: KubeObject = {
        ...draft,
        apiVersion: groupVersion(resource),
        kind: resource.kind,
        metadata,
        ...(status === undefined ? {} : { status }),
      };
      return save(object, before === undefined ? 'ADDED' : 'MODIFIED');
    },
    touch(object, fields) {
      const current = objects.get(object.kind, object.metadata.namespace, object.metadata.name);
      if (current?.metadata.uid === object.metadata.uid) save(Object.assign(current, fields), 'MODIFIED');
    },
    remove(object) {
      if (!kept.delete(key(object.kind, object.metadata.namespace, object.metadata.name))) return;
      version += 1;
      tell('DELETED', object);
      const isOwned = ({ metadata }: KubeObject) =>
        metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid);
      for (const owned of [...kept.values()].filter(isOwned)) objects.remove(owned);
    },
    onChange(listener) {
      changes.on('change', listener);
      return () => void changes.off('change', listener);
    },
  };
  return objects;
}

function key(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
