import { parseAllDocuments, parse } from 'yaml';

/** What stands where a secret was. */
export const HIDDEN = '(hidden)';

/** Whatever YAML holds; only what is asked for is named. */
export interface KubeDocument {
  apiVersion?: string;
  kind?: string;
  metadata?: {
    name?: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: KubeSpec;
  [field: string]: unknown;
}

/** What is asked for of the kinds that are looked into. */
interface KubeSpec {
  template?: PodTemplate;
  jobTemplate?: { spec?: { template?: PodTemplate } };
  rules?: { host?: string }[];
  tls?: { hosts?: string[]; secretName?: string }[];
  [field: string]: unknown;
}

/** One object of a release. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  name: string;
  /** Null: that of the release. */
  namespace: string | null;
  /** The events at which helm runs it (`pre-upgrade`); null for what belongs to the release itself. */
  hook: string[] | null;
  document: KubeDocument;
}

/** Reads what `helm template` and `helm get manifest` print. Hooks are known by their annotation; tests are left out. */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((parsed) => toManifest(parsed.toJS() as KubeDocument | null));
}

/** All objects of a revision, its hooks among them. */
export function manifestsOf({
  manifest,
  hooks,
}: {
  manifest: string;
  hooks: readonly { manifest: string }[];
}): Manifest[] {
  return [...parseManifests(manifest), ...parseHooks(hooks)];
}

/** The hooks as helm keeps them beside the manifest of a release. */
export function parseHooks(hooks: readonly { manifest: string }[]): Manifest[] {
  return hooks.flatMap(({ manifest }) => toManifest(parse(manifest) as KubeDocument | null));
}

function toManifest(document: KubeDocument | null): Manifest[] {
  const { apiVersion, kind, metadata } = document ?? {};
  if (document === null || apiVersion === undefined || kind === undefined || metadata?.name === undefined) return [];
  const hook = metadata.annotations?.['helm.sh/hook']?.split(',').map((event) => event.trim()) ?? null;
  if (hook?.some((event) => event.startsWith('test'))) return [];
  return [{ apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? null, hook, document }];
}

/** `Deployment spike-user-service` */
export function title({ kind, name }: Pick<Manifest, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

export interface PodTemplate {
  spec?: {
    containers?: Container[];
    initContainers?: Container[];
    volumes?: {
      secret?: { secretName?: string; optional?: boolean; items?: { key: string }[] };
      projected?: Projected;
    }[];
    imagePullSecrets?: { name: string }[];
  };
}

interface Projected {
  sources?: { secret?: { name?: string; optional?: boolean; items?: { key: string }[] } }[];
}

export interface Container {
  name: string;
  image?: string;
  command?: string[];
  args?: string[];
  env?: { name: string; valueFrom?: { secretKeyRef?: { name: string; key: string; optional?: boolean } } }[];
  envFrom?: { secretRef?: { name: string; optional?: boolean } }[];
}

/** The pod template of a workload of any kind; undefined for what has no pods. */
export function podTemplateOf({ kind, document }: Manifest): PodTemplate | undefined {
  if (kind === 'Pod') return { spec: document.spec as NonNullable<PodTemplate['spec']> };
  if (kind === 'CronJob') return document.spec?.jobTemplate?.spec?.template;
  return document.spec?.template?.spec === undefined ? undefined : document.spec.template;
}

export function containersOf(manifest: Manifest): Container[] {
  const { initContainers = [], containers = [] } = podTemplateOf(manifest)?.spec ?? {};
  return [...initContainers, ...containers];
}

/** Each image once, in order. */
export function imagesOf(manifests: readonly Manifest[]): string[] {
  const images = manifests.flatMap(containersOf).flatMap(({ image }) => image ?? []);
  return [...new Set(images)].sort();
}

/** The Job that helm runs before the new pods start: the schema. */
export function migrationJobOf(manifests: readonly Manifest[]): Manifest | undefined {
  const isBefore = ({ kind, hook }: Manifest) =>
    kind === 'Job' && hook?.some((event) => /^pre-(install|upgrade)$/.test(event));
  const jobs = manifests.filter(isBefore);
  return jobs.find(({ name }) => name.includes('migrat')) ?? jobs[0];
}

/** A Secret also holds what is none (a user's name); a shorter value would be hidden in every word that contains it. */
const SECRET_LENGTH_MIN = 10;

/** The values of the Secrets among them, decoded. */
export function secretsOfManifests(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap(({ kind, document }) => {
    if (kind !== 'Secret') return [];
    const { data, stringData } = document as { data?: Record<string, string>; stringData?: Record<string, string> };
    const decoded = Object.values(data ?? {}).map((value) => Buffer.from(value, 'base64').toString());
    return [...decoded, ...Object.values(stringData ?? {})].filter(({ length }) => length >= SECRET_LENGTH_MIN);
  });
}

/** Where shoppers reach it, as far as the chart says it; null without an Ingress or a host. */
export function ingressUrl(manifests: readonly Manifest[]): string | null {
  const { rules = [], tls = [] } = manifests.find(({ kind }) => kind === 'Ingress')?.document.spec ?? {};
  const host = rules.find((rule) => rule.host !== undefined && !rule.host.startsWith('*'))?.host;
  if (host === undefined) return null;
  const isSecured = tls.some(({ hosts = [] }) => hosts.includes(host));
  return `${isSecured ? 'https' : 'http'}://${host}`;
}
