/* eslint-disable @typescript-eslint/no-explicit-any -- the shape is what the checks find out */

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: any;
  data?: Record<string, string>;
  stringData?: Record<string, string>;
}

/** A pod as some manifest describes it. */
export interface PodTemplate {
  owner: Manifest;
  metadata: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: any;
}

export function podTemplates(manifests: readonly Manifest[]): PodTemplate[] {
  return manifests
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .map((owner) => ({ owner, ...owner.spec.template }));
}

export function containersOf(pod: PodTemplate): any[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec;
  return [...initContainers, ...containers, ...ephemeralContainers];
}

export function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((each) => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

export function called({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
