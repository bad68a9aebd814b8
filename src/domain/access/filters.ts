import type { Filter } from './filter.js';
import { allowlist } from './filters/allowlist.js';
import { base } from './filters/base.js';
import { expression } from './filters/expression.js';
import { registeredBefore } from './filters/registeredBefore.js';
import { untrustworthy } from './filters/untrustworthy.js';

/** Every filter that a rule can name. */
export const filters: ReadonlyMap<string, Filter> = new Map(
  [base as Filter, untrustworthy as Filter, allowlist as Filter, registeredBefore as Filter, expression as Filter].map(
    (filter) => [filter.name, filter],
  ),
);
