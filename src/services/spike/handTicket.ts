import { Refusal } from '../../domain/errorCatalogue.js';
import type { TicketKeeper } from '../../domain/ticket.js';
import type { AccessClient } from '../../http/accessClient.js';
import type { Authenticated } from '../../http/auth.js';
import type { Handler } from '../../http/context.js';
import { idParam } from '../../http/idParam.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { takeToken } from '../../stores/redis/takeToken.js';
import type { EventCache } from './createEventCache.js';
import type { OutcomeCounter } from './createOutcomeCounter.js';
import type { LineLimits } from './createPurchaseLine.js';
import { assertOpen, tooMany } from './presenters.js';

const RETRY_AFTER_REBUILD_SECONDS = 2;

export interface HandTicketOptions {
  redis: RedisStore;
  events: EventCache;
  access: AccessClient;
  tickets: TicketKeeper;
  outcomes: OutcomeCounter;
  /** The limits of an event without any of its own, as they are at this moment. */
  defaults(): LineLimits;
}

/** `GET /spike/:id`: token bucket → the event sells now → access decision → a ticket for this user and this event. */
export function createHandTicket(options: HandTicketOptions): Handler<Authenticated> {
  const { redis, events, access, tickets, outcomes, defaults } = options;
  return async (ctx) => {
    const eventId = idParam(ctx);
    const userId = ctx.state.identity.id;
    const known = await events.get(eventId);
    if (known.code === 'STOCK_REBUILDING') throw new Refusal(known.code, {}, RETRY_AFTER_REBUILD_SECONDS);
    if (known.code === 'NOT_FOUND') throw new Refusal('NOT_FOUND');
    const { event } = known;

    const { userRatePerSecond, userBurst } = { ...defaults(), ...event.limits };
    const bucket = redis.keys.bucketPrefix(eventId) + userId;
    const token = await takeToken(redis, bucket, userRatePerSecond, userBurst);
    if (!token.allowed) {
      outcomes.count(eventId, 'limited');
      throw tooMany(token.retryAfterSeconds);
    }
    assertOpen(event, Date.now() + known.clockOffsetMs);

    const decision = await access.check({ userId, eventId });
    if (!decision.eligible) {
      outcomes.count(eventId, 'notEligible');
      throw new Refusal('NOT_ELIGIBLE', { reason: decision.reason, filter: decision.filter });
    }
    const { token: ticketToken, ticket } = tickets.issue(eventId, userId, decision.ruleVersion, Date.now());
    const expire = new Date(ticket.expiresAtSeconds * 1000).toISOString();
    ctx.body = { status: 'success', token: ticketToken, expire };
  };
}
