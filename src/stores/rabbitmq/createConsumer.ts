import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { connectRabbitmq, type RabbitmqConnection, type RabbitmqOptions } from './connectRabbitmq.js';
import { declareTopology, topology } from './topology.js';

/** A message in hand: it must be acked, or it comes again when this consumer goes. */
export interface Delivery {
  content: Buffer;
  /** When it was published, ms since 1970 UTC on the publisher's clock; null when the message does not say. */
  publishedAtMs: number | null;
  /** On this process' own clock (`performance.now()`). */
  receivedAtMs: number;
  /** Says that the message has been dealt with for good. After a reconnect this does nothing: the broker has sent it again. */
  ack(): void;
  /** Sends the message to the dead-letter queue. */
  deadLetter(): void;
}

export interface ConsumerOptions extends RabbitmqOptions {
  /** Messages in hand at once. */
  prefetch: number;
  /**
   * Deals with all deliveries that are waiting, and acks or dead-letters each. Never called twice at once. Must not throw: a
   * store that is away is waited for, with the deliveries in hand, so that an outage uses up no redelivery.
   */
  handle(deliveries: readonly Delivery[]): Promise<void>;
}

export interface Consumer {
  readonly connection: RabbitmqConnection;
  /** Messages in hand: waiting to be handled or being handled. */
  readonly inHand: number;
  /** How long the oldest of them has been in hand; undefined when there is none. */
  readonly oldestAgeMs: number | undefined;
  /** Takes no new messages, finishes the ones being handled, gives back the rest. */
  close(): Promise<void>;
}

export async function createConsumer(options: ConsumerOptions): Promise<Consumer> {
  const { log } = options;
  let waiting: Delivery[] = [];
  let handling: Promise<void> | undefined;
  /** Those that are being handled. */
  let inWork: readonly Delivery[] = [];
  let isClosing = false;
  let cancel: (() => Promise<unknown>) | undefined;

  const handleWaiting = async () => {
    try {
      while (waiting.length > 0 && !isClosing) {
        inWork = waiting;
        waiting = [];
        await options.handle(inWork);
        inWork = [];
      }
    } finally {
      handling = undefined;
    }
  };

  const connection = await connectRabbitmq(options, async (model: ChannelModel) => {
    const channel = await model.createChannel();
    channel.on('error', (error: Error) => log.warn({ error: error.message }, 'rabbitmq channel error'));
    let isOpen = true;
    channel.on('close', () => {
      isOpen = false;
      // What waited on this channel will be delivered again on the next one.
      waiting = [];
      model.close().catch((error: unknown) => log.debug({ error: String(error) }, 'rabbitmq connection closed'));
    });
    await declareTopology(channel);
    await channel.prefetch(options.prefetch);
    const { consumerTag } = await channel.consume(topology.queue, (message) => {
      if (message === null) {
        // The broker cancelled the consumer (the queue was deleted, say): start over with a new connection.
        log.warn('rabbitmq cancelled the consumer; connecting anew');
        // From here on nothing may be sent on it, not even an ack: the messages come again.
        isOpen = false;
        channel.close().catch((error: unknown) => log.debug({ error: String(error) }, 'rabbitmq channel closed'));
        return;
      }
      waiting.push(toDelivery(channel, message, () => isOpen));
      handling ??= startSoon(handleWaiting);
    });
    cancel = () => (isOpen ? channel.cancel(consumerTag) : Promise.resolve());
  });

  return {
    connection,
    get inHand() {
      return waiting.length + inWork.length;
    },
    get oldestAgeMs() {
      const oldest = inWork[0] ?? waiting[0];
      return oldest && performance.now() - oldest.receivedAtMs;
    },
    async close() {
      isClosing = true;
      await cancel?.().catch((error: unknown) => log.debug({ error: String(error) }, 'rabbitmq consumer was gone'));
      await handling;
      await connection.close();
    },
  };
}

function toDelivery(channel: Channel, message: ConsumeMessage, isOpen: () => boolean): Delivery {
  return {
    content: message.content,
    publishedAtMs: publishedAtMs(message),
    receivedAtMs: performance.now(),
    ack: () => {
      if (isOpen()) channel.ack(message);
    },
    deadLetter: () => {
      if (isOpen()) channel.nack(message, false, false);
    },
  };
}

/** The last moment that MySQL's DATETIME can hold. */
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Our publisher writes milliseconds; what another one wrote must be a time at least. */
function publishedAtMs({ properties }: ConsumeMessage): number | null {
  const timestamp: unknown = properties.timestamp;
  return typeof timestamp === 'number' && timestamp > 0 && timestamp <= LATEST_MS ? timestamp : null;
}

/** After the other messages that the socket has brought, so that one call deals with them together. */
async function startSoon(work: () => Promise<void>): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await work();
}
