import { readFileSync } from 'node:fs';

/** What the global setup tells the tests: where the run's private servers are. */
export interface TestMiddleware {
  home: string;
  urls: { mysql: string; redis: string; rabbitmq: string };
}

/** Names the JSON file with a TestMiddleware. */
const TEST_MIDDLEWARE_VARIABLE = 'SPIKE_TEST_MIDDLEWARE';

export function testMiddleware(): TestMiddleware {
  const file = process.env[TEST_MIDDLEWARE_VARIABLE];
  if (file === undefined) {
    throw new Error('No private servers: tests that need them belong under test/, whose Jest projects start them.');
  }
  return JSON.parse(readFileSync(file, 'utf8')) as TestMiddleware;
}
