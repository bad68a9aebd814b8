import type { Context } from './contexts.js';

/** What is shown of a context: everything but the token. */
export interface ContextView {
  name: string;
  current: boolean;
  url: string;
  adminUrl: string | null;
  username: string | null;
  /** There is a token, and it has not expired. */
  loggedIn: boolean;
  tokenExpiresAt: string | null;
}

export function contextView(name: string, context: Context, current: boolean, nowMs: number = Date.now()): ContextView {
  const { url, adminUrl, username, token, tokenExpiresAt } = context;
  const expired = tokenExpiresAt !== undefined && Date.parse(tokenExpiresAt) <= nowMs;
  return {
    name,
    current,
    url,
    adminUrl: adminUrl ?? null,
    username: username ?? null,
    loggedIn: token !== undefined && !expired,
    tokenExpiresAt: tokenExpiresAt ?? null,
  };
}
