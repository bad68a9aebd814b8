import { runRollback, runUninstall, type ChangeEnd, type ChangeOptions } from '../../delivery/deploy/runDeploy.js';
import type { Output } from '../output.js';

/**
 * Takes back a deployment that failed: to the last revision that was well, or, at a first installation, by removing the
 * release. The schema stays: older code works with it.
 */
export async function rollBackFailed(options: {
  changing: ChangeOptions;
  end: ChangeEnd;
  release: string;
  out: Output;
}): Promise<{ isBack: boolean; revision: number | null; message: string }> {
  const { changing, end, release, out } = options;
  const { good, now } = end;
  if (now === undefined)
    return { isBack: false, revision: null, message: 'Nothing was taken back: no revision is known.' };
  const again: ChangeOptions = { ...changing, workloads: { ...changing.workloads, job: undefined } };
  if (good === undefined) {
    out.info(`Removing release ${release}, which has no earlier revision …`);
    const removed = await runUninstall({ ...again, workloads: { deployments: [], job: undefined } });
    const isBack = removed.state === 'done';
    return {
      isBack,
      revision: null,
      message: isBack ? 'The release was removed.' : `It could not be removed: ${removed.message}.`,
    };
  }
  out.info(`Going back to revision ${good.revision} …`);
  const back = await runRollback({ ...again, revision: good.revision });
  const isBack = back.state === 'done';
  const message = isBack
    ? `It was taken back to revision ${good.revision}; the schema stays as it is, which that version works with.`
    : `It could not be taken back to revision ${good.revision}: ${back.message}.`;
  return { isBack, revision: isBack ? good.revision : null, message };
}
