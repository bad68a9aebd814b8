import type { DeadLettersChange, DeadLetterView, QueueView } from '../../../domain/wire.js';
import type { DeadLetter } from '../../../stores/rabbitmq/createDeadLetterBox.js';

const status = 'success';

/** Of a message that nobody can read, as much as shows what it may be. */
const TEXT_LENGTH_MAX = 500;

export function presentQueues(queues: QueueView[]) {
  return { status, queues };
}

/** @param total letters in the queue, shown or not */
export function presentDeadLetters(letters: DeadLetterView[], total: number) {
  return { status, letters, total };
}

export function presentDeadLettersChange(change: DeadLettersChange) {
  return { status, ...change };
}

export function viewDeadLetter({ content, reason, reservations, eventId }: DeadLetter): DeadLetterView {
  return {
    eventId: eventId ?? null,
    reason,
    orders: (reservations ?? []).map(({ orderId, userId, quantity, reservedAtMs }) => ({
      id: orderId,
      userId,
      quantity,
      reservedAt: new Date(reservedAtMs).toISOString(),
    })),
    unreadable: reservations === undefined ? content.toString('utf8').slice(0, TEXT_LENGTH_MAX) : null,
  };
}
