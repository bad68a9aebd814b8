import type { ChannelModel } from 'amqplib';
import { declareTopology, topology } from './topology.js';

export interface QueueDepth {
  name: string;
  ready: number;
  consumers: number;
}

/** Ready messages and consumers of the order queue and of the dead-letter queue. */
export async function readQueues(model: Pick<ChannelModel, 'createChannel'>): Promise<QueueDepth[]> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  try {
    await declareTopology(channel);
    const depths: QueueDepth[] = [];
    for (const name of [topology.queue, topology.deadQueue]) {
      const { messageCount, consumerCount } = await channel.checkQueue(name);
      depths.push({ name, ready: messageCount, consumers: consumerCount });
    }
    return depths;
  } finally {
    await channel.close();
  }
}
