import type { Target } from '../../delivery/deploy/createHelm.js';
import type { ChangeEnd } from '../../delivery/deploy/runDeploy.js';
import { exitCodes } from '../errors.js';
import type { Output } from '../output.js';
import { troubleText } from './deployText.js';

/** The shape of an error under `--json`. */
export interface ChangeFailure {
  code: string;
  message: string;
  exit: number;
  suggestions: string[];
}

/** Why a change did not end well, what stands now, and what to type. */
export function failureOf(options: {
  target: Target;
  timeoutSeconds: number;
  end: ChangeEnd;
  verb: 'deploy' | 'rollback';
}): ChangeFailure {
  const { target, timeoutSeconds, end, verb } = options;
  const what = verb === 'deploy' ? `The deployment of ${target.release}` : `The way back of ${target.release}`;
  const why: Record<ChangeEnd['state'], string> = {
    done: '',
    failed: `failed: ${sentence(end.message)}`,
    gaveUp: 'was given up: a pod is in a state that seldom heals.',
    timedOut: `is not ready after ${timeoutSeconds} s.`,
    interrupted: 'was interrupted; helm was told to end.',
  };
  return {
    code: end.state === 'timedOut' ? 'TIMED_OUT' : end.state === 'interrupted' ? 'CANCELLED' : 'DEPLOY_FAILED',
    message: `${what} ${why[end.state]} ${standsText(end)}`.trim(),
    exit: exitOfState(end.state),
    suggestions: nextSteps(target, end),
  };
}

/** What is not well, on stderr; the error itself is told by whoever ends the command. */
export function tellFailure(
  { troubles, state }: ChangeEnd,
  { message, suggestions }: ChangeFailure,
  out: Output,
): void {
  if (out.mode.json) return;
  for (const trouble of troubles) process.stderr.write(`${troubleText(trouble, out.paintError)}\n`);
  // Ctrl-C ends a command without another word, so what stands now is said here.
  if (state === 'interrupted') out.warn([message, ...suggestions].join('\n'));
}

function exitOfState(state: ChangeEnd['state']): number {
  if (state === 'timedOut') return exitCodes.timedOut;
  return state === 'interrupted' ? exitCodes.interrupted : exitCodes.failed;
}

function standsText({ now, good }: ChangeEnd): string {
  if (now === undefined) return 'What helm notes of the release is not known.';
  const earlier =
    good === undefined
      ? 'There is no earlier revision that was well.'
      : `Revision ${good.revision} was the last that was well.`;
  return `Revision ${now.revision} stands as ${now.status}. ${earlier}`;
}

function nextSteps({ release, namespace }: Target, { now, good }: ChangeEnd): string[] {
  const where = `--release ${release} --namespace ${namespace}`;
  if (good !== undefined)
    return [`spikectl deploy rollback ${good.revision} ${where}`, `spikectl deploy status ${where}`];
  // Helm refuses to go on from a first installation that never came to its end.
  const isPending = now?.status.startsWith('pending-') === true;
  return isPending ? [`helm uninstall ${release} --namespace ${namespace}`] : [`spikectl deploy status ${where}`];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
