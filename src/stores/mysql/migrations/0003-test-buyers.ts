import type { Migration } from './migration.js';

/**
 * Buyers that a load test makes for itself. They have no password that anybody knows, and tokens are handed out for nobody
 * else than them.
 */
export const testBuyers: Migration = {
  name: '0003-test-buyers',
  up: ['ALTER TABLE users ADD COLUMN is_test TINYINT(1) NOT NULL DEFAULT 0, ADD KEY users_is_test (is_test, id)'],
};
