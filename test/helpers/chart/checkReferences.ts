/* eslint-disable @typescript-eslint/no-explicit-any -- manifests as they are */
import { called, containersOf, podTemplates, type Manifest, type PodTemplate } from './manifest.js';

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const NAME_LENGTH_MAX = 63;

/** Secrets that the release does not bring: their names, each with its keys. */
export type External = Readonly<Record<string, readonly string[]>>;

/** Names of the release that lead nowhere, or to something else than they should. */
export function checkReferences(manifests: readonly Manifest[], external: External): string[] {
  const pods = podTemplates(manifests);
  const has = (kind: string, name: string) =>
    manifests.some((each) => each.kind === kind && each.metadata.name === name);
  return [
    ...checkNames(manifests),
    ...manifests.flatMap((manifest) =>
      checkSelectors(manifest, pods).map((problem) => `${called(manifest)}: ${problem}`),
    ),
    ...manifests.flatMap((manifest) => {
      const { kind, spec } = manifest;
      const targets = kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject' ? [spec.scaleTargetRef] : [];
      return targets
        .filter((target: any) => !has(target.kind, target.name))
        .map((target: any) => `${called(manifest)}: there is no ${target.kind} ${target.name}`);
    }),
    ...manifests.flatMap((manifest) => checkBackends(manifest, manifests)),
    ...pods.flatMap((pod) => checkPod(pod, manifests, external).map((problem) => `${called(pod.owner)}: ${problem}`)),
    ...manifests
      .filter(({ kind }) => kind === 'TriggerAuthentication')
      .flatMap((manifest) =>
        manifest.spec.secretTargetRef
          .filter(({ name, key }: any) => !hasSecretKey(name, key, manifests, external))
          .map(({ name, key }: any) => `${called(manifest)}: no key ${key} in a Secret ${name}`),
      ),
  ];
}

function checkNames(manifests: readonly Manifest[]): string[] {
  const names = manifests.map((each) => `${called(each)} in ${each.metadata.namespace}`);
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`),
    ...manifests
      .filter(({ metadata: { name } }) => !NAME.test(name) || name.length > NAME_LENGTH_MAX)
      .map((each) => `${called(each)} is no name of at most ${NAME_LENGTH_MAX} characters`),
    ...manifests
      .filter(({ metadata: { namespace } }) => namespace === undefined)
      .map((each) => `${called(each)} has no namespace`),
    ...manifests.flatMap((each) =>
      Object.values(each.metadata.labels ?? {})
        .filter((label) => label.length > NAME_LENGTH_MAX)
        .map((label) => `${called(each)}: label ${label} is too long`),
    ),
  ];
}

/** What selects pods selects those of one workload, and a Service finds its ports in them. */
function checkSelectors({ kind, spec }: Manifest, pods: readonly PodTemplate[]): string[] {
  const selector: Record<string, string> | undefined =
    kind === 'Service'
      ? spec.selector
      : kind === 'NetworkPolicy'
        ? spec.podSelector.matchLabels
        : ['Deployment', 'PodDisruptionBudget'].includes(kind)
          ? spec.selector.matchLabels
          : undefined;
  if (selector === undefined) return [];
  const selected = pods.filter(({ metadata }) => isSelected(metadata.labels, selector));
  if (selected.length !== 1) return [`selects the pods of ${selected.length} workloads`];
  const peers = [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap((rule: any) => [
    ...(rule.from ?? []),
    ...(rule.to ?? []),
  ]);
  const labels =
    kind !== 'NetworkPolicy' ? [] : peers.map(({ podSelector }) => podSelector?.matchLabels).filter(Boolean);
  const lost = labels.filter((label) => !pods.some(({ metadata }) => isSelected(metadata.labels, label)));
  const ports =
    kind !== 'Service' ? [] : spec.ports.filter(({ targetPort }: any) => !hasPort(selected[0]!, targetPort));
  return [
    ...lost.map((label) => `no pod has the labels ${JSON.stringify(label)}`),
    ...ports.map(({ targetPort }: any) => `its pods have no port ${targetPort}`),
  ];
}

function isSelected(labels: Record<string, string> = {}, selector: Record<string, string>): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function hasPort(pod: PodTemplate, port: string | number): boolean {
  return containersOf(pod).some(({ ports = [] }) =>
    ports.some(({ name, containerPort }: any) => name === port || containerPort === port),
  );
}

function checkBackends(manifest: Manifest, manifests: readonly Manifest[]): string[] {
  if (manifest.kind !== 'Ingress') return [];
  const backends = manifest.spec.rules.flatMap(({ http }: any) =>
    http.paths.map(({ backend }: any) => backend.service),
  );
  return backends
    .filter(({ name, port }: any) => {
      const service = manifests.find((each) => each.kind === 'Service' && each.metadata.name === name);
      return !service?.spec.ports.some((each: any) => each.name === port.name);
    })
    .map(({ name }: any) => `${called(manifest)}: leads to no Service ${name}`);
}

/** Everything that a pod names is there; for a hook it is there before the release is. */
function checkPod(pod: PodTemplate, manifests: readonly Manifest[], external: External): string[] {
  const weight = hookWeight(pod.owner);
  const there = manifests.filter((each) => {
    const its = hookWeight(each);
    return weight === undefined ? its === undefined || each.kind === 'Secret' : its !== undefined && its < weight;
  });
  const has = (kind: string, name: string) => there.some((each) => each.kind === kind && each.metadata.name === name);
  const problems = has('ServiceAccount', pod.spec.serviceAccountName) ? [] : ['no ServiceAccount'];
  for (const container of containersOf(pod)) {
    for (const { configMapRef, secretRef } of container.envFrom ?? []) {
      if (configMapRef !== undefined && !has('ConfigMap', configMapRef.name)) problems.push(`no ${configMapRef.name}`);
      if (secretRef !== undefined) problems.push('a whole Secret is handed over');
    }
    for (const { name } of container.volumeMounts ?? [])
      if (!pod.spec.volumes.some((volume: any) => volume.name === name)) problems.push(`no volume ${name}`);
  }
  for (const { name, key } of secretItems(pod))
    if (!hasSecretKey(name, key, there, external)) problems.push(`no key ${key} in a Secret ${name}`);
  return problems;
}

export function secretItems(pod: PodTemplate): { name: string; key: string; path: string }[] {
  const projected = pod.spec.volumes.flatMap(({ projected: from }: any) => from?.sources ?? []);
  return projected.flatMap(({ secret }: any) => secret.items.map((item: any) => ({ name: secret.name, ...item })));
}

function hasSecretKey(name: string, key: string, manifests: readonly Manifest[], external: External): boolean {
  const own = manifests.find((each) => each.kind === 'Secret' && each.metadata.name === name);
  const keys = own === undefined ? external[name] : Object.keys({ ...own.data, ...own.stringData });
  return keys?.includes(key) ?? false;
}

function hookWeight({ metadata }: Manifest): number | undefined {
  const { annotations = {} } = metadata;
  return annotations['helm.sh/hook'] === undefined ? undefined : Number(annotations['helm.sh/hook-weight'] ?? 0);
}
