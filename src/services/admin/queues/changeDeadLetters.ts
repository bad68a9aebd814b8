import type { z } from 'zod';
import type { DeadLettersChange } from '../../../domain/wire.js';
import type { Ctx } from '../../../http/context.js';
import type { DeadLetter, DeadLetterBox } from '../../../stores/rabbitmq/createDeadLetterBox.js';
import { topology } from '../../../stores/rabbitmq/topology.js';
import type { AdminStores } from '../adminStores.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';
import type { deadLettersSchema } from './schemas.js';
import { withDeadLetters } from './withDeadLetters.js';

/** Order ids that one record of the audit log names; the orders themselves say who ended them. */
const RECORDED_IDS_MAX = 100;

interface Dealing {
  /** For the audit log. */
  action: string;
  /** @returns the ids of the orders that were dealt with; undefined when the letter is to stay */
  deal(letter: DeadLetter): Promise<string[] | undefined>;
}

/**
 * Deals with dead letters, oldest first, up to the wanted number, and writes down what was done also when it ends early: what was
 * dealt with until then is done for good.
 */
export async function changeDeadLetters(
  stores: AdminStores,
  ctx: Ctx<Staffed & { body: z.output<typeof deadLettersSchema> }>,
  box: DeadLetterBox,
  { action, deal }: Dealing,
): Promise<DeadLettersChange> {
  const { limit, eventId } = ctx.state.body;
  return withDeadLetters(stores, async () => {
    const change: DeadLettersChange = { letters: 0, orders: 0, unreadable: 0, left: 0 };
    const orderIds: string[] = [];
    const visit = async (letter: DeadLetter) => {
      if (change.letters === limit) return 'stop';
      if (eventId !== undefined && letter.eventId !== eventId) return 'keep';
      if (letter.reservations === undefined) change.unreadable += 1;
      const dealtWith = await deal(letter);
      if (dealtWith === undefined) return 'keep';
      change.letters += 1;
      change.orders += dealtWith.length;
      orderIds.push(...dealtWith);
      return 'remove';
    };
    try {
      const total = await box.walk(visit);
      change.left = total - change.letters;
    } finally {
      if (change.letters > 0) await writeDown(stores, ctx, action, change, orderIds);
    }
    return change;
  });
}

async function writeDown(
  stores: AdminStores,
  ctx: Ctx<Staffed>,
  action: string,
  { letters, orders }: DeadLettersChange,
  orderIds: readonly string[],
): Promise<void> {
  await recordChange(stores, ctx, async (_transaction, record) => {
    await record({
      action,
      targetType: 'queue',
      targetId: topology.deadQueue,
      after: { letters, orders, orderIds: orderIds.slice(0, RECORDED_IDS_MAX) },
    });
  });
}
