import { Pool } from 'undici';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { TestTokensAnswer } from '../../../domain/wire/testBuyers.js';

export interface TestTokens {
  /**
   * Tokens of those of these users that are test buyers.
   * @throws Refusal STORE_UNAVAILABLE when the user service does not answer in time
   */
  issue(userIds: readonly string[]): Promise<TestTokensAnswer['tokens']>;
  close(): Promise<void>;
}

/** Requests to the user service at once: a load test asks for its buyers a few pages at a time. */
const REQUESTS_MAX = 2;

/** Asks the user service, which signs the tokens of shoppers, over its internal route. */
export function createTestTokens(options: { url: string; serviceToken: string; timeoutMs: number }): TestTokens {
  const { url, serviceToken, timeoutMs } = options;
  const { origin, pathname } = new URL(url);
  const path = `${pathname.replace(/\/$/, '')}/users/internal/test-tokens`;
  const pool = new Pool(origin, { connections: REQUESTS_MAX, connect: { timeout: timeoutMs } });

  return {
    async issue(userIds) {
      if (userIds.length === 0) return [];
      const { statusCode, text } = await ask(userIds).catch(() => {
        throw unavailable();
      });
      if (statusCode >= 500) throw unavailable();
      if (statusCode !== 200)
        throw new Error(`the user service answered ${statusCode}: are SPIKE_USER_URL and SPIKE_SERVICE_TOKEN right?`);
      return (JSON.parse(text) as TestTokensAnswer).tokens;
    },
    close: () => pool.close(),
  };

  async function ask(userIds: readonly string[]): Promise<{ statusCode: number; text: string }> {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path,
      headers: { authorization: `Bearer ${serviceToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ userIds }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { statusCode, text: await body.text() };
  }
}

function unavailable(): Refusal {
  return new Refusal('STORE_UNAVAILABLE', { store: 'user' }, 1);
}
