import { describe, expect, test } from '@jest/globals';
import { createTicketKeeper } from './ticket.js';

const NOW_MS = Date.parse('2030-01-01T00:00:00Z');
const keeper = createTicketKeeper({ secret: 'a'.repeat(32), lifetimeSeconds: 120 });

describe('a ticket', () => {
  test('is verified for its event and its user, again and again', () => {
    const { token, ticket } = keeper.issue('7', '12', 3, NOW_MS);
    expect(keeper.verify(token, '7', '12', NOW_MS)).toEqual({ ok: true, ticket });
    expect(keeper.verify(token, '7', '12', NOW_MS)).toEqual({ ok: true, ticket });
  });

  test('is worth nothing to another user or for another event, also after its owner has used it', () => {
    const { token } = keeper.issue('7', '12', 1, NOW_MS);
    keeper.verify(token, '7', '12', NOW_MS);
    expect(keeper.verify(token, '7', '13', NOW_MS)).toEqual({ ok: false, code: 'TICKET_INVALID' });
    expect(keeper.verify(token, '8', '12', NOW_MS)).toEqual({ ok: false, code: 'TICKET_INVALID' });
    expect(keeper.verify(token, '71', '2', NOW_MS)).toEqual({ ok: false, code: 'TICKET_INVALID' });
  });

  test('expires to the millisecond, also when it is remembered', () => {
    const { token, ticket } = keeper.issue('7', '12', 1, NOW_MS);
    const endMs = ticket.expiresAtSeconds * 1000;
    expect(keeper.verify(token, '7', '12', endMs - 1).ok).toBe(true);
    expect(keeper.verify(token, '7', '12', endMs)).toEqual({ ok: false, code: 'TICKET_EXPIRED' });
  });

  test.each([
    ['an empty text', ''],
    ['a MAC of nothing', '0123456789abcdef.1.1893456120.AAAAAAAAAAAAAAAAAAAAAA'],
    ['too few parts', '0123456789abcdef.1.1893456120'],
    ['a very long text', 'a'.repeat(10_000)],
  ])('that is forged is refused: %s', (_what, token) => {
    expect(keeper.verify(token, '7', '12', NOW_MS)).toEqual({ ok: false, code: 'TICKET_INVALID' });
  });

  test('whose rule version or end was changed is refused', () => {
    const { token } = keeper.issue('7', '12', 1, NOW_MS);
    const [id, , end, mac] = token.split('.');
    expect(keeper.verify(`${id}.2.${end}.${mac}`, '7', '12', NOW_MS).ok).toBe(false);
    expect(keeper.verify(`${id}.1.${Number(end) + 1}.${mac}`, '7', '12', NOW_MS).ok).toBe(false);
  });

  test('of another secret is refused', () => {
    const other = createTicketKeeper({ secret: 'b'.repeat(32), lifetimeSeconds: 120 });
    expect(keeper.verify(other.issue('7', '12', 1, NOW_MS).token, '7', '12', NOW_MS).ok).toBe(false);
  });

  test('differs from every other ticket of the same user', () => {
    expect(keeper.issue('7', '12', 1, NOW_MS).token).not.toBe(keeper.issue('7', '12', 1, NOW_MS).token);
  });
});
