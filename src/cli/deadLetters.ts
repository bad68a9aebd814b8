import type { StaffClient } from '../client/createStaffClient.js';
import type { DeadLettersChange, DeadLetterView } from '../domain/wire.js';
import type { Column } from './table.js';

/** Orders of one letter that the table names. */
const ORDERS_SHOWN_MAX = 3;

export const deadLetterColumns: Column<DeadLetterView>[] = [
  { name: 'eventId', heading: 'EVENT', value: (letter) => letter.eventId },
  { name: 'orders', value: (letter) => letter.orders.length },
  { name: 'orderIds', heading: 'ORDER IDS', value: (letter) => orderIdsText(letter) },
  { name: 'reason', value: (letter) => letter.reason },
  { name: 'unreadable', value: (letter) => letter.unreadable, extra: true },
];

function orderIdsText({ orders, unreadable }: DeadLetterView): string {
  if (unreadable !== null) return 'cannot be read';
  const shown = orders.slice(0, ORDERS_SHOWN_MAX).map(({ id }) => id);
  return orders.length > shown.length ? `${shown.join(' ')} …` : shown.join(' ');
}

/**
 * Has the service deal with all dead letters that there are now, some hundred a request. Letters that come back meanwhile are
 * not dealt with again: it ends even when every one of them fails anew.
 *
 * @param say told how far it is
 */
export async function dealWithAll(
  deal: StaffClient['replayDeadLetters'],
  { eventId, total, say }: { eventId: string | undefined; total: number; say: (text: string) => void },
): Promise<DeadLettersChange> {
  const sum: DeadLettersChange = { letters: 0, orders: 0, unreadable: 0, left: total };
  while (sum.letters < total) {
    const change = await deal({ eventId, limit: Math.min(REQUEST_LETTERS_MAX, total - sum.letters) });
    sum.letters += change.letters;
    sum.orders += change.orders;
    sum.unreadable = Math.max(sum.unreadable, change.unreadable);
    sum.left = change.left;
    say(`${sum.letters} of ${total} letters`);
    if (change.letters === 0) break;
  }
  return sum;
}

const REQUEST_LETTERS_MAX = 200;

/** What a replay or a purge would deal with: the letters, and the orders in those that were looked at. */
export async function countDeadLetters(
  staff: StaffClient,
  eventId: string | undefined,
): Promise<DeadLettersChange & { isAll: boolean }> {
  const { letters, total } = await staff.peekDeadLetters({ eventId, limit: LOOKED_AT_MAX });
  const isAll = letters.length < LOOKED_AT_MAX;
  return {
    letters: isAll ? letters.length : total,
    orders: letters.reduce((sum, letter) => sum + letter.orders.length, 0),
    unreadable: letters.filter((letter) => letter.unreadable !== null).length,
    left: total,
    isAll,
  };
}

const LOOKED_AT_MAX = 500;
