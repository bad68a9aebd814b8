import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, ChannelModel, GetMessage } from 'amqplib';
import type { FencedReservation } from '../../domain/order.js';
import { connectRabbitmq, type RabbitmqConnection, type RabbitmqOptions } from './connectRabbitmq.js';
import { decodeOrders } from './orderMessage.js';
import { declareTopology, topology } from './topology.js';

/** A message that could not be turned into orders. */
export interface DeadLetter {
  content: Buffer;
  /** Why: what the order service said, or the broker's own word (`rejected`, `delivery_limit`); null when nobody said it. */
  reason: string | null;
  /** What is in it; undefined when it cannot be read. */
  reservations: FencedReservation[] | undefined;
  eventId: string | undefined;
}

/** What becomes of a letter that was looked at: `remove` it for good, or `keep` it in the queue. */
type LetterFate = 'remove' | 'keep';

const GIVE_BACK_TIMEOUT_MS = 1_000;
const GIVE_BACK_POLL_MS = 5;

export interface DeadLetterBox {
  readonly connection: RabbitmqConnection;
  /**
   * Shows the letters one by one, oldest first, until `visit` has said `stop` or all that were there at the beginning have been
   * seen. What is kept goes back where it was when the walk ends; so does everything when `visit` throws, or this process dies.
   *
   * @returns how many letters were in the queue at the beginning
   * @throws Error when the broker is away, or says nothing at the beginning
   */
  walk(visit: (letter: DeadLetter) => Promise<LetterFate | 'stop'>): Promise<number>;
  close(): Promise<void>;
}

interface DeadLetterBoxOptions extends RabbitmqOptions {
  /** How long the broker may be silent when a walk begins. */
  answerTimeoutMs: number;
}

/** Looks into the dead-letter queue over a connection of its own, which takes no message unless it is asked to. */
export async function createDeadLetterBox(options: DeadLetterBoxOptions): Promise<DeadLetterBox> {
  const { log } = options;
  let model: ChannelModel | undefined;
  const connection = await connectRabbitmq(options, async (connected: ChannelModel) => {
    const channel = await connected.createChannel();
    await declareTopology(channel);
    await channel.close();
    connected.once('close', () => {
      if (model === connected) model = undefined;
    });
    model = connected;
  });

  return {
    connection,
    async walk(visit) {
      if (model === undefined) throw new Error('Connection closed');
      // A channel for each walk: what it holds goes back to the queue when it closes, however it ends.
      const channel = await openInTime(model, options.answerTimeoutMs);
      let isOpen = true;
      channel.on('error', (error: Error) => log.warn({ error: error.message }, 'rabbitmq channel error'));
      channel.on('close', () => {
        isOpen = false;
      });
      try {
        const { messageCount } = await channel.checkQueue(topology.deadQueue);
        const removed = await visitAll(channel, messageCount, visit);
        channel.nackAll(true);
        await untilBack(channel, messageCount - removed);
        return messageCount;
      } finally {
        // Also gives back what a walk that failed still holds.
        if (isOpen) await channel.close();
      }
    },
    close: () => connection.close(),
  };
}

/**
 * A broker that hangs would keep whoever asked, and all who wait behind them, until its heartbeat is missed. A channel that
 * comes too late is given back.
 */
async function openInTime(model: ChannelModel, timeoutMs: number): Promise<Channel> {
  const opening = model.createChannel();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Channel closed before it was open: RabbitMQ was silent for ${timeoutMs} ms`));
      // The connection may end as well, and the channel with it.
      opening.then((channel) => channel.close()).catch(() => undefined);
    }, timeoutMs);
  });
  return Promise.race([opening, late]).finally(() => clearTimeout(timer));
}

async function visitAll(
  channel: Channel,
  count: number,
  visit: (letter: DeadLetter) => Promise<LetterFate | 'stop'>,
): Promise<number> {
  let removed = 0;
  for (let seen = 0; seen < count; seen += 1) {
    const message = await channel.get(topology.deadQueue, { noAck: false });
    if (message === false) break;
    const fate = await visit(toLetter(message));
    if (fate === 'stop') break;
    if (fate === 'keep') continue;
    channel.ack(message);
    removed += 1;
  }
  return removed;
}

/**
 * A quorum queue puts a letter back some time after the nack: a walk that began right behind this one would not see it, and a
 * purge would leave it. Bounded, because another process may be holding letters of its own.
 */
async function untilBack(channel: Channel, count: number): Promise<void> {
  const giveUpMs = Date.now() + GIVE_BACK_TIMEOUT_MS;
  while ((await channel.checkQueue(topology.deadQueue)).messageCount < count && Date.now() < giveUpMs) {
    await sleep(GIVE_BACK_POLL_MS);
  }
}

function toLetter({ content, properties }: GetMessage): DeadLetter {
  const headers = properties.headers ?? {};
  const reason: unknown = headers.reason ?? headers['x-first-death-reason'];
  let reservations: FencedReservation[] | undefined;
  try {
    reservations = decodeOrders(content, null);
  } catch {
    reservations = undefined;
  }
  return {
    content,
    reason: typeof reason === 'string' ? reason : null,
    reservations,
    eventId: reservations?.[0]?.eventId,
  };
}
