import type { ChannelModel } from 'amqplib';
import { PROBE_TIMEOUT_MS } from './probeTimeout.js';

export interface QueueFacts {
  name: string;
  /** Null when the queue is not declared. */
  depth: { ready: number; consumers: number } | null;
}

export interface RabbitmqFacts {
  version: string;
  queue: QueueFacts;
  deadQueue: QueueFacts;
}

/** Asks the broker what the system depends on. Declares nothing: that a queue is missing is one of the answers. */
export async function probeRabbitmq(url: string): Promise<RabbitmqFacts> {
  const { connect } = await import('amqplib');
  const { topology } = await import('../../../stores/rabbitmq/topology.js');
  const connection = await connect(url, { timeout: PROBE_TIMEOUT_MS });
  connection.on('error', () => undefined);
  try {
    const { version } = connection.connection.serverProperties as { version?: string };
    return {
      version: version ?? 'unknown',
      queue: await lookAtQueue(connection, topology.queue),
      deadQueue: await lookAtQueue(connection, topology.deadQueue),
    };
  } finally {
    // A broker that died meanwhile has closed it already.
    await connection.close().catch(() => undefined);
  }
}

const NOT_FOUND = 404;

/** On a channel of its own, which the broker closes when there is no such queue. */
async function lookAtQueue(connection: ChannelModel, name: string): Promise<QueueFacts> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  try {
    const { messageCount, consumerCount } = await channel.checkQueue(name);
    await channel.close();
    return { name, depth: { ready: messageCount, consumers: consumerCount } };
  } catch (error) {
    if ((error as { code?: number }).code === NOT_FOUND) return { name, depth: null };
    throw error;
  }
}
