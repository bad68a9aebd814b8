import { toStatus, type ServiceStatus } from '../../delivery/deploy/deployStatus.js';
import { openRelease, type OpenRelease } from '../../delivery/deploy/openRelease.js';
import { planRollback, type RollbackPlan } from '../../delivery/deploy/planRollback.js';
import type { Trouble } from '../../delivery/deploy/rollout/explainTrouble.js';
import { runRollback, workloadsOf } from '../../delivery/deploy/runDeploy.js';
import type { Scrub } from '../../delivery/deploy/secrecy.js';
import { Cancelled } from '../errors.js';
import type { Output } from '../output.js';
import { runSteps } from '../progress.js';
import type { releaseOptions } from './deployFlags.js';
import { productionName } from './deployRelease.js';
import { rollbackText } from './deployText.js';
import { failureOf, tellFailure, type ChangeFailure } from './tellFailure.js';

export interface RollbackResult extends RollbackPlan {
  ok: boolean;
  dryRun: boolean;
  state: 'planned' | 'rolledBack' | 'failed' | 'timedOut';
  /** The revision that stands now: a way back makes a new one. */
  revision: number | null;
  services: ServiceStatus[];
  troubles: Trouble[];
  error: ChangeFailure | null;
}

interface RollbackRun {
  target: ReturnType<typeof releaseOptions>;
  revision: number | undefined;
  isDryRun: boolean;
  wait: boolean;
  timeoutSeconds: number;
  giveUpSeconds: number;
  out: Output;
  signal: AbortSignal;
  confirm(question: string, options: { typed?: string }): Promise<void>;
}

/** Plans the way back, asks, goes it, and says what came of it. */
export async function rollBackRelease(run: RollbackRun): Promise<RollbackResult> {
  const { target, out } = run;
  const open = await openRelease(target, run.signal);
  try {
    const { plan, scrub } = await planRollback(open, target, run.revision);
    out.result(rollbackText(plan, out.paint, out.mode.verbose));
    const result: RollbackResult = {
      ok: true,
      dryRun: run.isDryRun,
      state: 'planned',
      ...plan,
      revision: null,
      services: [],
      troubles: [],
      error: null,
    };
    if (run.isDryRun) {
      out.info('Nothing was changed.');
      return result;
    }
    const question = `Take release ${plan.release} in namespace ${plan.namespace} of ${plan.context ?? plan.cluster} back to revision ${plan.to.revision}?`;
    await run.confirm(question, productionName(plan));
    return await goBack(run, open, { plan, scrub }, result);
  } finally {
    await open.cluster.close();
  }
}

async function goBack(
  run: RollbackRun,
  { helm, cluster }: OpenRelease,
  { plan, scrub }: { plan: RollbackPlan; scrub: Scrub },
  result: RollbackResult,
): Promise<RollbackResult> {
  const { target, out, wait, timeoutSeconds, giveUpSeconds, signal } = run;
  const end = await runRollback({
    helm,
    cluster,
    namespace: target.namespace,
    workloads: workloadsOf({ objects: plan.objects, migration: null }),
    wait,
    timeoutSeconds,
    giveUpSeconds,
    signal,
    scrub,
    show: (steps) => runSteps(steps, out, { concurrent: true }),
    revision: plan.to.revision,
  });
  const revision = end.now?.revision ?? null;
  const services = end.services.map(toStatus);
  if (end.state === 'done') {
    out.success(
      `Release ${target.release} is at revision ${revision}, which is what revision ${plan.to.revision} was.`,
    );
    return { ...result, state: 'rolledBack', revision, services };
  }
  const failure = failureOf({ target, timeoutSeconds, end, verb: 'rollback' });
  tellFailure(end, failure, out);
  if (end.state === 'interrupted') throw new Cancelled(failure.message);
  const state = end.state === 'timedOut' ? 'timedOut' : 'failed';
  return { ...result, ok: false, state, revision, services, troubles: end.troubles, error: failure };
}
