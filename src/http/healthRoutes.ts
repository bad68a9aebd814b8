import { createReadyz, healthz, type ReadinessChecks } from './health.js';
import { insideOnly } from './insideOnly.js';
import type { Lifecycle } from './lifecycle.js';
import type { Metrics } from './metrics.js';
import type { Registrar } from './router.js';

export interface HealthRoutes {
  checks: ReadinessChecks;
  checkTimeoutMs: number;
  lifecycle: Lifecycle;
  metrics: Metrics;
}

/** What every service answers to whoever runs it. */
export function registerHealthRoutes(route: Registrar, options: HealthRoutes): void {
  const { checks, checkTimeoutMs, lifecycle, metrics } = options;
  route.get('/healthz', healthz);
  route.get('/readyz', insideOnly, createReadyz(checks, checkTimeoutMs, lifecycle));
  route.get('/metrics', insideOnly, async (ctx) => {
    ctx.type = metrics.registry.contentType;
    ctx.body = await metrics.registry.metrics();
  });
}
