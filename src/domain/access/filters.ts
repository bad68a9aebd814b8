import type { Filter } from './filter.js';
import { base } from './filters/base.js';
import { untrustworthy } from './filters/untrustworthy.js';

/** Every filter that a rule can name. */
export const filters: ReadonlyMap<string, Filter> = new Map(
  [base as Filter, untrustworthy as Filter].map((filter) => [filter.name, filter]),
);
