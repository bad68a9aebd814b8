import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../domain/errorCatalogue.js';

const ISSUER = 'spike';
/** Pinned: a token that names another algorithm, or none, is not looked at. */
const ALGORITHM = 'HS256';
/** Verified tokens that are remembered. One takes about 0.5 kB, so this is at most 10 MB of the process. */
const VERIFIED_MAX = 20_000;
/** Longer than any token that we issue: longer ones are neither verified nor remembered. */
const TOKEN_LENGTH_MAX = 2_048;

type Audience = 'shopper' | 'staff';

/** Whom a token speaks for. */
export interface Identity {
  id: string;
  role: string;
  /** What `issue` was told; 0 for a token without. */
  version: number;
  issuedAtMs: number;
  expiresAtMs: number;
}

export interface Tokens {
  audience: Audience;
  /**
   * @param subject.version a number that whoever verifies can compare with what it is by then
   * @returns the token and its end, ISO 8601, as register and login answer them
   */
  issue(subject: { id: string; role: string; version?: number }): { token: string; expire: string };
  /** @throws Refusal TOKEN_EXPIRED or TOKEN_INVALID */
  verify(token: string): Identity;
  /**
   * The same for a token that may have expired, as long as its refresh window is open.
   * @throws Refusal TOKEN_EXPIRED when the window has closed, TOKEN_INVALID
   */
  verifyForRefresh(token: string): Identity;
}

export interface TokenOptions {
  audience: Audience;
  secret: string;
  lifetimeSeconds: number;
  /** Counted from the token's issue. */
  refreshWindowSeconds: number;
}

/**
 * Issues and verifies the tokens of one audience. A shopper's token is of no use to staff routes and the reverse: the
 * secret differs, and so does the audience claim.
 *
 * A token that was verified is remembered until it expires, because the signature check (about 15 µs) would otherwise be
 * most of the cost of a purchase; the key is the whole token, so a changed one is another one.
 */
export function createTokens({ audience, secret, lifetimeSeconds, refreshWindowSeconds }: TokenOptions): Tokens {
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  const verified = new LRUCache<string, Identity>({ max: VERIFIED_MAX });

  return {
    audience,
    issue({ id, role, version }) {
      const expiresAtSeconds = Math.floor(Date.now() / 1_000) + lifetimeSeconds;
      const ofVersion = version === undefined ? {} : { ver: version };
      const claims = { sub: id, role, ...ofVersion, aud: audience, iss: ISSUER, exp: expiresAtSeconds };
      const token = jwt.sign(claims, key, { algorithm: ALGORITHM });
      return { token, expire: new Date(expiresAtSeconds * 1_000).toISOString() };
    },
    verify(token) {
      const known = verified.get(token);
      if (known !== undefined) {
        if (Date.now() < known.expiresAtMs) return known;
        verified.delete(token);
        throw new Refusal('TOKEN_EXPIRED');
      }
      const identity = decode(token, false);
      verified.set(token, identity);
      return identity;
    },
    verifyForRefresh(token) {
      const identity = decode(token, true);
      const isOpen = Date.now() < identity.issuedAtMs + refreshWindowSeconds * 1_000;
      if (!isOpen && Date.now() >= identity.expiresAtMs) throw new Refusal('TOKEN_EXPIRED');
      return identity;
    },
  };

  function decode(token: string, ignoreExpiration: boolean): Identity {
    if (token.length > TOKEN_LENGTH_MAX) throw new Refusal('TOKEN_INVALID');
    const options = { algorithms: [ALGORITHM], audience, issuer: ISSUER, ignoreExpiration } as const;
    let claims;
    try {
      claims = jwt.verify(token, key, { ...options, algorithms: [...options.algorithms] });
    } catch (error) {
      throw new Refusal(error instanceof jwt.TokenExpiredError ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
    }
    return toIdentity(claims);
  }
}

function toIdentity(claims: string | jwt.JwtPayload): Identity {
  if (typeof claims === 'string') throw new Refusal('TOKEN_INVALID');
  const { sub, iat, exp } = claims;
  const role: unknown = claims.role;
  const version: unknown = claims.ver ?? 0;
  const isWhole = typeof sub === 'string' && typeof role === 'string' && iat !== undefined && exp !== undefined;
  if (!isWhole || typeof version !== 'number') throw new Refusal('TOKEN_INVALID');
  return { id: sub, role, version, issuedAtMs: iat * 1_000, expiresAtMs: exp * 1_000 };
}
