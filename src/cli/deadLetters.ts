import type { StaffClient } from '../client/createStaffClient.js';
import type { DeadLettersChange, DeadLetterView } from '../domain/wire.js';
import type { Output } from './output.js';
import { runSteps } from './progress.js';
import type { Column } from './table.js';

/** Orders of one letter that the table names. */
const ORDERS_SHOWN_MAX = 3;
/** Letters that one request deals with: some seconds, after which it can be said how far it is. */
const REQUEST_LETTERS_MAX = 200;
/** As many as the service shows at once. */
const LOOKED_AT_MAX = 500;

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

/** What a command does with dead letters, in its own words. */
export interface LetterWork {
  /** One request of it. */
  deal: StaffClient['replayDeadLetters'];
  /** `Nothing was sent.` */
  nothing: string;
  /** `Sending 3 dead letters again` */
  doing(letters: number): string;
  /** `Sent 3 letters with 5 orders again` */
  done(change: DeadLettersChange): string;
  /** Asked before it, with how many orders are in the letters; throws when the operator says no. */
  ask?(letters: number, orders: string): Promise<void>;
}

/** Deals with all dead letters that there are, or says what it would deal with. */
export async function workOnDeadLetters(
  staff: StaffClient,
  out: Output,
  { eventId, dryRun, work }: { eventId: string | undefined; dryRun: boolean; work: LetterWork },
): Promise<DeadLettersChange> {
  const { isAll, ...there } = await countDeadLetters(staff, eventId);
  if (there.letters === 0) {
    out.info('There is no dead letter.');
    return there;
  }
  const orders = isAll ? String(there.orders) : `more than ${there.orders}`;
  if (dryRun) {
    out.result(`${work.nothing} It would be ${there.letters} letters with ${orders} orders.`);
    return there;
  }
  await work.ask?.(there.letters, orders);
  let done: DeadLettersChange = there;
  const run = async (say: (text: string) => void) => {
    done = await dealWithAll(work.deal, { eventId, total: there.letters, say });
    return work.done(done);
  };
  await runSteps([{ title: work.doing(there.letters), run }], out);
  return done;
}

/**
 * Has the service deal with all dead letters that there are now, some hundred a request. Letters that come back meanwhile are
 * not dealt with again: it ends even when every one of them fails anew.
 */
export async function dealWithAll(
  deal: LetterWork['deal'],
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

/** The letters that there are, and the orders in those that were looked at. */
async function countDeadLetters(
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
