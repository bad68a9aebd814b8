import type { TicketKeeper } from '../../domain/ticket.js';
import { Refusal } from '../../domain/errorCatalogue.js';
import type { Authenticated } from '../../http/auth.js';
import type { Ctx, Handler } from '../../http/context.js';
import { createFixedRefusal } from '../../http/refuse.js';
import { readJsonBody } from '../../http/readJsonBody.js';
import { parse } from '../../http/validate.js';
import type { OutcomeCounter } from './createOutcomeCounter.js';
import type { PurchaseLine } from './createPurchaseLine.js';
import { outcomeName } from './outcome.js';
import { overloaded, sendOutcome } from './presenters.js';
import { purchaseSchema } from './schemas.js';

export interface PurchaseOptions {
  lineOf(eventId: string): PurchaseLine;
  tickets: TicketKeeper;
  outcomes: OutcomeCounter;
  bodyBytesMax: number;
  /** `maxInFlight`: purchases that this process has in hand at once, unless an event has a larger bound of its own. */
  limits(): { maxInFlight: number };
}

const refuseInvalid = createFixedRefusal('TICKET_INVALID');
const refuseExpired = createFixedRefusal('TICKET_EXPIRED');

/** `POST /spike/:id/:ticket`: ticket → in-flight bound → the event's line → 200, or 202 while the order is on its way. */
export function createPurchase(options: PurchaseOptions): {
  handler: Handler<Authenticated>;
  inFlight(): number;
} {
  const { tickets, outcomes } = options;
  let inFlight = 0;

  const handler: Handler<Authenticated> = async (ctx) => {
    const { id: eventId = '', ticket: ticketToken = '' } = ctx.state.params;
    const userId = ctx.state.identity.id;
    const verdict = tickets.verify(ticketToken, eventId, userId, Date.now());
    if (!verdict.ok) return verdict.code === 'TICKET_EXPIRED' ? refuseExpired(ctx) : refuseInvalid(ctx);

    const line = options.lineOf(eventId);
    if (inFlight >= Math.max(options.limits().maxInFlight, line.maxInFlight)) {
      outcomes.count(eventId, 'overloaded');
      throw overloaded();
    }
    inFlight += 1;
    try {
      const quantity = hasBody(ctx) ? await readQuantity(ctx) : 1;
      const { id: ticketId, ruleVersion } = verdict.ticket;
      const asked = line.buy({ userId, quantity, ticketId, ruleVersion });
      const outcome = asked instanceof Promise ? await asked : asked;
      const name = outcomeName(outcome);
      if (name !== undefined) outcomes.count(eventId, name);
      sendOutcome(ctx, outcome);
    } catch (error) {
      if (!(error instanceof Refusal)) outcomes.count(eventId, 'error');
      throw error;
    } finally {
      inFlight -= 1;
    }
  };
  return { handler, inFlight: () => inFlight };

  async function readQuantity(ctx: Ctx): Promise<number> {
    return parse(purchaseSchema, await readJsonBody(ctx, options.bodyBytesMax)).quantity;
  }
}

function hasBody(ctx: Ctx): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = ctx.req.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}
