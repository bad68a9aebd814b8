import { randomBytes } from 'node:crypto';

const TICKET_SECONDS = 60;
const ID_BYTES = 8;
const MAC_BYTES = 16;

/** A ticket of the right form that no key has signed. */
export function forgeTicket(): string {
  const expiresAtSeconds = Math.floor(Date.now() / 1_000) + TICKET_SECONDS;
  return `${randomBytes(ID_BYTES).toString('hex')}.1.${expiresAtSeconds}.${randomBytes(MAC_BYTES).toString('base64url')}`;
}
