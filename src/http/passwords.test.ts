import { expect, test } from '@jest/globals';
import { NO_PASSWORD } from '../domain/password.js';
import { Refusal } from '../domain/errorCatalogue.js';
import { createPasswords } from './passwords.js';

const CHEAP = { logN: 4, r: 8, p: 1 };

test('a name that does not exist is refused after the same work', async () => {
  const passwords = createPasswords({ logN: 12, r: 8, p: 1 });
  const stored = await passwords.hash('correct horse');
  const known: number[] = [];
  const unknown: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    known.push(await workOf(() => passwords.verify('wrong horse', stored)));
    unknown.push(await workOf(() => passwords.verify('wrong horse', undefined)));
  }
  // The least of each: what else this process does now and then is no part of it.
  const [ofKnown, ofUnknown] = [Math.min(...known), Math.min(...unknown)];
  expect(Math.max(ofKnown, ofUnknown) / Math.min(ofKnown, ofUnknown)).toBeLessThan(2);
});

test('who has no password is refused after the same work, whatever is typed', async () => {
  const passwords = createPasswords(CHEAP);
  for (const typed of ['', NO_PASSWORD, 'correct horse'])
    expect(await passwords.verify(typed, NO_PASSWORD)).toBe(false);
});

test('a storm of logins waits in a line that has an end', async () => {
  const passwords = createPasswords(CHEAP);
  const storm = await Promise.allSettled(Array.from({ length: 400 }, () => passwords.hash('correct horse')));
  const refused = storm.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  expect(refused).toHaveLength(400 - 256 - 2);
  expect(refused.every((reason) => reason instanceof Refusal && reason.code === 'OVERLOADED')).toBe(true);
  expect(await passwords.verify('correct horse', await passwords.hash('correct horse'))).toBe(true);
});

/** Processor time of a refusal, in µs: how long it takes by the clock is a matter of what else the machine does. */
async function workOf(verify: () => Promise<boolean>): Promise<number> {
  const before = process.cpuUsage();
  expect(await verify()).toBe(false);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
