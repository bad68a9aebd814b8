import type { Revision, Target } from '../createHelm.js';
import { ok, problem, warning, type Verdict } from '../findings.js';

/** Whether helm takes an upgrade now: a revision that is still pending is refused by it. */
export function checkRelease(target: Target, history: readonly Revision[], now: Date = new Date()): Verdict {
  const [current] = history;
  const { release, namespace } = target;
  if (current === undefined || current.status === 'uninstalled') {
    return ok(`There is no release ${release} in namespace ${namespace}: this is its first installation.`);
  }
  const { revision, status, chart, description } = current;
  const since = `${ageText(now.getTime() - Date.parse(current.updated))} ago`;
  if (status.startsWith('pending-') || status === 'uninstalling') {
    const mend =
      goodRevision(history) === undefined
        ? `helm uninstall ${release} --namespace ${namespace}`
        : `spikectl deploy rollback --release ${release} --namespace ${namespace}`;
    return problem(
      `Revision ${revision} of release ${release} has been ${status} since ${since}: another deployment runs now, or one was cut off before it could note its end. Helm refuses the next until that is mended.`,
      `If none runs: ${mend}`,
    );
  }
  const stands = `Release ${release} stands at revision ${revision} (${chart}, ${status}, ${since}).`;
  if (status === 'failed') return warning(`${stands} ${description}`, null);
  return ok(stands);
}

/** The newest revision below the current one that was well: deployed, or in force until the next came. */
export function goodRevision(history: readonly Revision[]): Revision | undefined {
  const [, ...older] = history;
  return older.find(({ status }) => status === 'deployed' || status === 'superseded');
}

function ageText(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
