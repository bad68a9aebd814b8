import { ok, problem, skipped, type Check, type Verdict } from '../check.js';
import type { QueueFacts } from '../probes/probeRabbitmq.js';

export const deadLettersCheck: Check = {
  name: 'dead-letters',
  async look({ rabbitmq }) {
    const looked = await rabbitmq();
    return looked.state === 'answers' ? judgeDeadLetters(looked.facts.deadQueue) : skipped('RabbitMQ was not reached.');
  },
};

/** Each of them is an order that somebody was told yes to and that could not be stored. */
export function judgeDeadLetters({ name, depth }: QueueFacts): Verdict {
  if (depth === null) return skipped(`${name} is not declared.`);
  if (depth.ready === 0) return ok(`${name} is empty.`);
  return problem(
    `${depth.ready} message${depth.ready === 1 ? '' : 's'} in ${name}: orders that could not be stored.`,
    'spikectl audit',
  );
}
