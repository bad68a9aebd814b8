import type { Channel, ChannelModel } from 'amqplib';
import { connectRabbitmq, type RabbitmqConnection, type RabbitmqOptions } from './connectRabbitmq.js';
import { declareTopology, topology } from './topology.js';

interface QueueDepth {
  name: string;
  ready: number;
  consumers: number;
}

export interface QueueReader {
  readonly connection: RabbitmqConnection;
  /**
   * Ready messages and consumers of the order queue and of the dead-letter queue.
   *
   * @throws Error when the broker is away
   */
  read(): Promise<QueueDepth[]>;
  /**
   * Asks the broker for one answer.
   *
   * @returns its version, when it says so
   * @throws Error when the broker is away
   */
  ping(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Looks at the queues over a connection of its own. What is unacked only the consumers know: see `stores/redis/consumers.ts`. */
export async function createQueueReader(options: RabbitmqOptions): Promise<QueueReader> {
  const { log } = options;
  let channel: Channel | undefined;
  let version: string | undefined;
  const connection = await connectRabbitmq(options, async (model: ChannelModel) => {
    const opened = await model.createChannel();
    opened.on('error', (error: Error) => log.warn({ error: error.message }, 'rabbitmq channel error'));
    opened.on('close', () => {
      if (channel === opened) channel = undefined;
      model.close().catch((error: unknown) => log.debug({ error: String(error) }, 'rabbitmq connection closed'));
    });
    await declareTopology(opened);
    version = versionOf(model);
    channel = opened;
  });
  return {
    connection,
    async read() {
      if (channel === undefined) throw new Error('Connection closed');
      const depths: QueueDepth[] = [];
      for (const name of [topology.queue, topology.deadQueue]) {
        const { messageCount, consumerCount } = await channel.checkQueue(name);
        depths.push({ name, ready: messageCount, consumers: consumerCount });
      }
      return depths;
    },
    async ping() {
      if (channel === undefined) throw new Error('Connection closed');
      await channel.checkQueue(topology.queue);
      return version;
    },
    close: () => connection.close(),
  };
}

/** Brokers introduce themselves when a connection opens; the library's types say it may be anything. */
function versionOf({ connection }: ChannelModel): string | undefined {
  const { serverProperties } = connection as { serverProperties?: Readonly<Record<string, unknown>> };
  return typeof serverProperties?.version === 'string' ? serverProperties.version : undefined;
}
