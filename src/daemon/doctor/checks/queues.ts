import { ok, problem, skipped, warning, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';
import type { RabbitmqFacts } from '../probes/probeRabbitmq.js';

/** Messages that one order service stores within some seconds; more means that they come faster than they are stored. */
const BACKLOG_MAX = 10_000;

export const queuesCheck: Check = { name: 'queues', look, healsByItself: true };

async function look({ rabbitmq, services }: Machine): Promise<Verdict> {
  const looked = await rabbitmq();
  if (looked.state !== 'answers') return skipped('RabbitMQ was not reached.');
  const order = (await services()).find(({ name }) => name === 'order');
  return judgeQueues({ ...looked.facts, isConsumerHere: order?.status === 'online' });
}

/** @param isConsumerHere whether the order service runs on this machine, so that there must be a consumer */
export function judgeQueues(facts: Pick<RabbitmqFacts, 'queue' | 'deadQueue'> & { isConsumerHere: boolean }): Verdict {
  const { queue, deadQueue, isConsumerHere } = facts;
  const missing = [queue, deadQueue].filter(({ depth }) => depth === null).map(({ name }) => name);
  if (queue.depth === null || missing.length > 0) {
    const evidence = `Not declared: ${missing.join(', ')}.`;
    return isConsumerHere ? problem(evidence, 'spikectl daemon restart order') : skipped(evidence, 'spikectl up');
  }
  const { ready, consumers } = queue.depth;
  const evidence = `${queue.name}: ${ready} ready, ${consumers} consumer${consumers === 1 ? '' : 's'}.`;
  if (consumers === 0) {
    const text = `${evidence} Nobody stores orders.`;
    return isConsumerHere ? problem(text, 'spikectl daemon logs order') : warning(text, 'spikectl up');
  }
  if (ready > BACKLOG_MAX) return warning(`${evidence} They come faster than they are stored.`, 'spikectl queue list');
  return ok(evidence);
}
