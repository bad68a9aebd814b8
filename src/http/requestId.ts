import { randomBytes } from 'node:crypto';

const GIVEN_ID = /^[A-Za-z0-9._-]{8,64}$/;

/**
 * Makes request ids: unique across processes by a random start, within the process by a count. No randomness per request:
 * an id is a name to search the logs for, not a secret.
 */
export function createRequestIds(start: string = randomBytes(6).toString('base64url').replace(/[_-]/g, '0')) {
  let count = 0;
  /** @param given the client's X-Request-Id; taken over when it is 8 to 64 letters, digits, dots, dashes or underscores */
  return function requestId(given: string | string[] | undefined): string {
    if (typeof given === 'string' && GIVEN_ID.test(given)) return given;
    count += 1;
    return `${start}-${count.toString(36)}`;
  };
}
