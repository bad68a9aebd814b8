import type { Channel } from 'amqplib';

/**
 * The one place that names and declares exchanges and queues. Everything is durable; the queues are quorum queues, so a
 * confirm means that a majority has the message on disk. A queue that is declared again with other arguments closes the
 * channel (406): whoever changes the arguments raises the version in the name.
 */
export const topology = {
  exchange: 'spike.orders',
  queue: 'spike.orders.v1',
  routingKey: 'order',
  deadExchange: 'spike.dead',
  deadQueue: 'spike.orders.dead.v2',
} as const;

/**
 * Redeliveries before the broker itself gives a message up. It counts consumers that died with the message in hand; a message
 * that cannot be stored for a reason of its own is dead-lettered by the consumer at once.
 */
const DELIVERY_LIMIT = 20;

/**
 * Looks that staff may take at a dead letter: each look counts as a delivery, and a queue without a limit of its own gets one of
 * 20 from RabbitMQ 4 on, after which the letter would be dropped.
 */
const DEAD_LETTER_DELIVERY_LIMIT = 1_000_000;

export async function declareTopology(channel: Channel): Promise<void> {
  await channel.assertExchange(topology.exchange, 'direct', { durable: true });
  await channel.assertExchange(topology.deadExchange, 'direct', { durable: true });
  await channel.assertQueue(topology.deadQueue, {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': DEAD_LETTER_DELIVERY_LIMIT },
  });
  await channel.bindQueue(topology.deadQueue, topology.deadExchange, topology.routingKey);
  await channel.assertQueue(topology.queue, {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-delivery-limit': DELIVERY_LIMIT,
      'x-dead-letter-exchange': topology.deadExchange,
      'x-dead-letter-routing-key': topology.routingKey,
      // At-least-once dead-lettering: a message leaves this queue only when the dead-letter queue has it.
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    },
  });
  await channel.bindQueue(topology.queue, topology.exchange, topology.routingKey);
}
