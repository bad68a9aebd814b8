import type { DeadLettersAnswer, DeadLettersChangeAnswer, QueuesAnswer } from '../answers.js';
import type { Calls } from './calls.js';

/** A request deals with some hundred letters, each with a confirm of the broker. */
const CHANGE_TIMEOUT_MS = 60_000;

export interface DeadLettersChoice {
  /** Only letters of this event. */
  eventId?: string | undefined;
  /** At most this many letters; the service has a bound of its own. */
  limit?: number | undefined;
}

export function queueCalls({ get, send }: Calls) {
  const options = { answerTimeoutMs: CHANGE_TIMEOUT_MS };
  return {
    listQueues: () => get<QueuesAnswer>('/queues'),
    peekDeadLetters: (chosen: DeadLettersChoice = {}) => get<DeadLettersAnswer>('/queues/dead', { ...chosen }, options),
    replayDeadLetters: (chosen: DeadLettersChoice = {}) =>
      send<DeadLettersChangeAnswer>('POST', '/queues/dead/replay', chosen, options),
    purgeDeadLetters: (chosen: DeadLettersChoice = {}) =>
      send<DeadLettersChangeAnswer>('POST', '/queues/dead/purge', chosen, options),
  };
}
