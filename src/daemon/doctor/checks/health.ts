import type { ProcessName } from '../../services/processNames.js';
import { ok, problem, skipped, worst, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';
import { PROBE_TIMEOUT_MS } from '../probes/probeTimeout.js';

export const healthCheck: Check = {
  name: 'health',
  look: async (machine) => judgeHealth(await ask(machine)),
  healsByItself: true,
};

export interface HealthFacts {
  name: ProcessName;
  url: string;
  /** Whether /healthz is answered with 200. */
  isAlive: boolean;
  /** The stores that /readyz misses; undefined when it says ready, or was not asked. */
  lacks: string | undefined;
}

/** What the processes that pm2 calls online say of themselves. */
export function judgeHealth(all: readonly HealthFacts[]): Verdict {
  if (all.length === 0) return skipped('No service is online.');
  const verdicts = all.map(({ name, url, isAlive, lacks }) => {
    if (!isAlive) return problem(`${name} does not answer at ${url}/healthz.`, `spikectl daemon restart ${name}`);
    if (lacks === undefined) return ok('');
    return problem(`${name} is not ready: ${lacks}.`, 'spikectl middleware up');
  });
  return worst(verdicts, `${all.map(({ name }) => name).join(', ')} answer and are ready.`);
}

async function ask({ services }: Machine): Promise<HealthFacts[]> {
  const online = (await services()).filter(({ status }) => status === 'online' || status === 'degraded');
  return Promise.all(
    online.map(async ({ name, url }) => {
      const isAlive = (await get(`${url}/healthz`))?.ok ?? false;
      const lacks = isAlive && name !== 'ingress' ? await whatLacks(url) : undefined;
      return { name, url, isAlive, lacks };
    }),
  );
}

async function whatLacks(url: string): Promise<string | undefined> {
  const response = await get(`${url}/readyz`);
  if (response === undefined) return '/readyz does not answer';
  if (response.ok) return undefined;
  const { msg = `HTTP ${response.status}`, stores = [] } = response.body as { msg?: string; stores?: string[] };
  return stores.length === 0 ? msg : `it does not reach ${stores.join(', ')}`;
}

async function get(url: string): Promise<{ ok: boolean; status: number; body: unknown } | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    const body: unknown = await response.json();
    return { ok: response.ok, status: response.status, body };
  } catch {
    return undefined;
  }
}
