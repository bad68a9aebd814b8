import type { Migration } from './migration.js';
import { initial } from './0001-initial.js';
import { steering } from './0002-steering.js';
import { testBuyers } from './0003-test-buyers.js';

/** All migrations in the order of their application. */
export const migrations: readonly Migration[] = [initial, steering, testBuyers];
