import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalDeployment } from '../localDeployment.js';
import type { Report } from '../middleware/store.js';
import { mendingStages, type Check, type Finding } from './check.js';
import { checksOf, type Scope } from './checks.js';
import { examine } from './examine.js';
import { createMachine } from './machine.js';

/** Services find a store that is back within about a second; a busy machine takes longer. */
const HEALING_MS = 10_000;
const HEALING_POLL_MS = 250;

export interface Mended {
  name: string;
  /** What was done, or why it could not be. */
  did: string;
  done: boolean;
}

/**
 * Mends what the checks call fixable, one stage after the other, and looks again after each: a schema can be judged only once
 * its server runs. Whatever fails is tried once and named.
 *
 * @param findings what was found before
 * @returns what was tried, and what is found afterwards
 */
export async function mend(options: {
  deployment: LocalDeployment;
  privateFiles: readonly string[];
  scope: Scope;
  findings: readonly Finding[];
  report: Report;
}): Promise<{ mended: Mended[]; findings: readonly Finding[] }> {
  const { deployment, privateFiles, scope, report } = options;
  let { findings } = options;
  const mended: Mended[] = [];
  for (const stage of mendingStages) {
    const wanted = checksOf(scope).filter((check) => check.mend?.stage === stage && isFixable(check, findings));
    if (wanted.length === 0) continue;
    const machine = await createMachine(deployment, privateFiles);
    const run = async ({ name, mend: how }: Check): Promise<Mended> => {
      try {
        return { name, did: await how!.run(machine, report), done: true };
      } catch (error) {
        return { name, did: (error as Error).message, done: false };
      }
    };
    mended.push(...(await Promise.all(wanted.map(run))));
    findings = await examine({ deployment, privateFiles, scope });
  }
  const deadline = performance.now() + HEALING_MS;
  while (mended.length > 0 && isHealing(scope, findings) && performance.now() < deadline) {
    await sleep(HEALING_POLL_MS);
    findings = await examine({ deployment, privateFiles, scope });
  }
  return { mended, findings };
}

function isHealing(scope: Scope, findings: readonly Finding[]): boolean {
  const names = checksOf(scope)
    .filter(({ healsByItself }) => healsByItself === true)
    .map(({ name }) => name);
  return findings.some(({ name, status }) => status === 'problem' && names.includes(name));
}

function isFixable({ name }: Check, findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.name === name && finding.fixable);
}
