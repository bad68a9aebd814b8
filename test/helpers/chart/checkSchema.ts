import { ScaledObject, TriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { PrometheusRule, ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Secret, Service, ServiceAccount } from 'kubernetes-models/v1';
import { called, type Manifest } from './manifest.js';

const models = [
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  Job,
  NetworkPolicy,
  PodDisruptionBudget,
  PrometheusRule,
  ScaledObject,
  Secret,
  Service,
  ServiceAccount,
  ServiceMonitor,
  TriggerAuthentication,
];

/**
 * What the API would not take of these manifests. The models' validators, made from the API's own schemas, pass over
 * fields that they do not know; a field that was never looked at is one of those.
 */
export function checkSchema(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap((manifest) => {
    const model = models.find(({ apiVersion, kind }) => apiVersion === manifest.apiVersion && kind === manifest.kind);
    if (model === undefined) return [`${called(manifest)}: no schema for ${manifest.apiVersion} ${manifest.kind}`];
    const unread = new Map<string, Set<string>>();
    const problems = [];
    try {
      model.prototype.validate.call(watched(manifest, '', unread));
    } catch (error) {
      problems.push((error as Error).message);
    }
    for (const [path, keys] of unread) for (const key of keys) problems.push(`${path}/${key} is not a field`);
    return problems.map((problem) => `${called(manifest)}: ${problem}`);
  });
}

/** The value, noting for each object in it which of its keys nobody reads. */
function watched<T>(value: T, path: string, unread: Map<string, Set<string>>): T {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) unread.set(path, new Set(Object.keys(value)));
  const seen = new Map<string, unknown>();
  return new Proxy(value, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return found;
      unread.get(path)?.delete(key);
      if (!seen.has(key)) seen.set(key, watched(found, `${path}/${key}`, unread));
      return seen.get(key);
    },
  });
}
