import { createStaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import { ok, problem, skipped, warning, type Finding, type Verdict } from '../../daemon/doctor/check.js';
import { judgeClock } from '../../daemon/doctor/checks/clock.js';
import type { QueueView } from '../../domain/wire.js';
import type { Context } from '../contexts.js';

const TIMEOUT_MS = 4_000;
/** Below it somebody answers; whether it is one of ours, the login tells. */
const SERVER_FAULT = 500;
/** A Date header knows seconds only. */
const DATE_HEADER_ERROR_MS = 1_000;

/** What a deployment on other machines tells to whoever is logged in there; its machines cannot be looked into from here. */
export async function examineElsewhere({ name, context }: { name: string; context: Context }): Promise<Finding[]> {
  const answer = await reach(context.url);
  const deployment = judgeReached(context.url, answer);
  const named = (check: string, verdict: Verdict): Finding => ({ name: check, ...verdict });
  if (answer instanceof Error) {
    const away = skipped('The deployment was not reached.');
    return [
      named('deployment', deployment),
      named('login', away),
      named('queues', away),
      named('dead-letters', away),
      named('clock', away),
    ];
  }
  const staff = createStaffClient({ url: context.adminUrl ?? context.url, token: context.token });
  try {
    const [login, queues] = await Promise.all([
      staff.me().then(({ admin }) => ok(`${admin.username}, ${admin.role}.`), loginFault(name)),
      staff.listQueues().then(
        (listed) => listed.queues,
        () => undefined,
      ),
    ]);
    return [
      named('deployment', deployment),
      named('login', login),
      named('queues', queues === undefined ? skipped('The queues were not told.') : judgeQueuesElsewhere(queues)),
      named('dead-letters', queues === undefined ? skipped('The queues were not told.') : judgeDeadElsewhere(queues)),
      named('clock', judgeClock(answer.skew === undefined ? {} : { 'the deployment': answer.skew })),
    ];
  } finally {
    await staff.close();
  }
}

function judgeReached(url: string, answer: Answer | Error): Verdict {
  if (answer instanceof Error) return problem(`${url} is not reachable: ${answer.message}.`, 'spikectl context show');
  if (answer.status < SERVER_FAULT) return ok(`${url} answers.`);
  return warning(`${url} answers HTTP ${answer.status}.`, 'Look at the services and the ingress of that deployment.');
}

function loginFault(name: string): (error: Error) => Verdict {
  return (error) => {
    const fix = name === 'SPIKE_URL' ? 'Set SPIKE_TOKEN to a token that is valid.' : `spikectl login --context ${name}`;
    if (error instanceof ServiceRefusal && error.status === 401)
      return problem(`Not logged in: ${error.message}.`, fix);
    return problem(`The admin service did not answer: ${error.message}.`, 'spikectl context show');
  };
}

function judgeQueuesElsewhere(queues: readonly QueueView[]): Verdict {
  const unread = queues.filter((queue) => !isDead(queue) && queue.consumers === 0);
  const list = queues.map(({ name, ready, consumers }) => `${name}: ${ready} ready, ${consumers} consumers`).join('; ');
  if (unread.length === 0) return ok(`${list}.`);
  return problem(
    `Nobody reads ${unread.map(({ name }) => name).join(', ')}.`,
    'Start the order service of that deployment.',
  );
}

function judgeDeadElsewhere(queues: readonly QueueView[]): Verdict {
  const ready = queues.filter(isDead).reduce((sum, queue) => sum + queue.ready, 0);
  if (ready === 0) return ok('None.');
  return problem(`${ready} orders could not be stored.`, 'spikectl audit');
}

function isDead({ name }: QueueView): boolean {
  return name.includes('.dead.');
}

interface Answer {
  status: number;
  skew: { offsetMs: number; errorMs: number } | undefined;
}

async function reach(url: string): Promise<Answer | Error> {
  const sentAtMs = Date.now();
  try {
    const response = await fetch(`${url}/`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    const tookMs = Date.now() - sentAtMs;
    const theirsMs = Date.parse(response.headers.get('date') ?? '');
    const offsetMs = Math.round(theirsMs - (sentAtMs + tookMs / 2));
    const errorMs = DATE_HEADER_ERROR_MS + Math.ceil(tookMs / 2);
    return { status: response.status, skew: Number.isNaN(theirsMs) ? undefined : { offsetMs, errorMs } };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error };
    return new Error(cause?.message || message, { cause: error });
  }
}
