import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/**
 * A ticket is the purchase URL token of one user for one event:
 *
 *     <ticketId>.<ruleVersion>.<expiresAtSeconds>.<mac>
 *
 * The MAC (HMAC-SHA-256, cut to 128 bits) covers these and the event and the user, so a ticket is verified without a store,
 * works for nobody else, and dies when the rule changes. The id makes it spendable once: what was bought with it is noted
 * beside the buyer, and the same ticket sent again is answered with that order.
 */
interface Ticket {
  id: string;
  ruleVersion: number;
  expiresAtSeconds: number;
}

type TicketVerdict = { ok: true; ticket: Ticket } | { ok: false; code: 'TICKET_INVALID' | 'TICKET_EXPIRED' };

export interface TicketKeeper {
  issue(eventId: string, userId: string, ruleVersion: number, nowMs: number): { token: string; ticket: Ticket };
  verify(token: string, eventId: string, userId: string, nowMs: number): TicketVerdict;
}

const TICKET_ID_BYTES = 8;
const MAC_BYTES = 16;
const TICKET_PATTERN = /^([0-9a-f]{16})\.([1-9][0-9]{0,9})\.([1-9][0-9]{0,11})\.([A-Za-z0-9_-]{22})$/;

/** Tickets that were verified are remembered: buyers click more than once. One takes about 0.3 kB. */
const VERIFIED_MAX = 20_000;

export function createTicketKeeper(options: { secret: string; lifetimeSeconds: number }): TicketKeeper {
  const key = createSecretKey(Buffer.from(options.secret, 'utf8'));
  const verified = new LRUCache<string, { ticket: Ticket; eventId: string; userId: string }>({ max: VERIFIED_MAX });
  const macOf = (ticket: Ticket, eventId: string, userId: string) =>
    createHmac('sha256', key)
      .update(`${ticket.id}.${ticket.ruleVersion}.${ticket.expiresAtSeconds}.${eventId}.${userId}`)
      .digest()
      .subarray(0, MAC_BYTES);

  return {
    issue(eventId, userId, ruleVersion, nowMs) {
      const ticket = {
        id: randomBytes(TICKET_ID_BYTES).toString('hex'),
        ruleVersion,
        expiresAtSeconds: Math.ceil(nowMs / 1000) + options.lifetimeSeconds,
      };
      const mac = macOf(ticket, eventId, userId).toString('base64url');
      return { token: `${ticket.id}.${ruleVersion}.${ticket.expiresAtSeconds}.${mac}`, ticket };
    },

    verify(token, eventId, userId, nowMs) {
      const known = verified.get(token);
      if (known?.eventId === eventId && known.userId === userId) return unlessExpired(known.ticket, nowMs);
      const match = TICKET_PATTERN.exec(token);
      if (!match) return { ok: false, code: 'TICKET_INVALID' };
      const [, id = '', ruleVersion, expiresAtSeconds, mac = ''] = match;
      const ticket = { id, ruleVersion: Number(ruleVersion), expiresAtSeconds: Number(expiresAtSeconds) };
      if (!timingSafeEqual(Buffer.from(mac, 'base64url'), macOf(ticket, eventId, userId))) {
        return { ok: false, code: 'TICKET_INVALID' };
      }
      verified.set(token, { ticket, eventId, userId });
      return unlessExpired(ticket, nowMs);
    },
  };
}

function unlessExpired(ticket: Ticket, nowMs: number): TicketVerdict {
  return nowMs >= ticket.expiresAtSeconds * 1000 ? { ok: false, code: 'TICKET_EXPIRED' } : { ok: true, ticket };
}
