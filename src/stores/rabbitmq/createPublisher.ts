import { randomUUID } from 'node:crypto';
import type { ChannelModel, ConfirmChannel, Message } from 'amqplib';
import { connectRabbitmq, type RabbitmqConnection, type RabbitmqOptions } from './connectRabbitmq.js';
import { declareTopology, topology } from './topology.js';

export interface PublisherOptions extends RabbitmqOptions {
  /** How long `publish` waits for the broker's confirm. */
  confirmTimeoutMs: number;
}

export interface Publisher {
  readonly connection: RabbitmqConnection;
  /**
   * Sends a persistent, mandatory message. `confirmed`: the broker has it on disk. `unconfirmed`: the broker is away, was too
   * slow, refused it or could not route it; it may or may not have arrived. Never throws and never waits for a reconnect:
   * what was not confirmed stands in `pending`, and the relay sends it again.
   */
  publish(exchange: keyof ExchangeOf, content: Buffer, headers?: Record<string, string>): Promise<PublishResult>;
  /** Waits until nothing is on its way any more, then closes. */
  close(): Promise<void>;
}

type PublishResult = 'confirmed' | 'unconfirmed';

interface ExchangeOf {
  orders: typeof topology.exchange;
  dead: typeof topology.deadExchange;
}

const exchanges: ExchangeOf = { orders: topology.exchange, dead: topology.deadExchange };

export async function createPublisher(options: PublisherOptions): Promise<Publisher> {
  const { log } = options;
  let channel: ConfirmChannel | undefined;
  const publisherId = randomUUID();
  let lastMessage = 0;
  /** Messages on their way: what to do when the broker has decided about them. */
  const onTheirWay = new Map<string, (result: PublishResult) => void>();

  const connection = await connectRabbitmq(options, async (model: ChannelModel) => {
    const opened = await model.createConfirmChannel();
    opened.on('error', (error: Error) => log.warn({ error: error.message }, 'rabbitmq channel error'));
    opened.on('return', (message: Message) => {
      // Comes before the confirm of the same message: nobody will ever consume it, so it does not count as confirmed.
      log.error({ messageId: String(message.properties.messageId) }, 'rabbitmq could not route a message');
      onTheirWay.get(String(message.properties.messageId))?.('unconfirmed');
    });
    opened.on('close', () => {
      if (channel === opened) channel = undefined;
      for (const decide of [...onTheirWay.values()]) decide('unconfirmed');
      // A channel that closed alone (the broker refused something) takes its connection along, and both are made anew.
      model.close().catch((error: unknown) => log.debug({ error: String(error) }, 'rabbitmq connection closed'));
    });
    await declareTopology(opened);
    channel = opened;
  });

  return {
    connection,
    publish(exchange, content, headers) {
      const open = channel;
      if (open === undefined) return Promise.resolve('unconfirmed');
      return new Promise((resolve) => {
        lastMessage += 1;
        const messageId = `${publisherId}-${lastMessage}`;
        const timer = setTimeout(() => decide('unconfirmed'), options.confirmTimeoutMs);
        const decide = (result: PublishResult) => {
          clearTimeout(timer);
          onTheirWay.delete(messageId);
          resolve(result);
        };
        onTheirWay.set(messageId, decide);
        try {
          open.publish(
            exchanges[exchange],
            topology.routingKey,
            content,
            {
              persistent: true,
              mandatory: true,
              messageId,
              contentType: 'application/json',
              timestamp: Date.now(),
              headers: headers ?? {},
            },
            (error: unknown) => decide(error ? 'unconfirmed' : 'confirmed'),
          );
        } catch (error) {
          log.debug({ error: String(error) }, 'rabbitmq channel closed while publishing');
          decide('unconfirmed');
        }
      });
    },
    async close() {
      const deadline = Date.now() + options.confirmTimeoutMs;
      while (onTheirWay.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
      await connection.close();
    },
  };
}
