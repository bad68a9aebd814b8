import { filters } from '../../../domain/access/filters.js';
import type { Handler } from '../../../http/context.js';
import { presentFilters } from './presenters.js';

/** `GET /admin/rules/filters`: what can stand in a rule, for whoever writes one. */
export function createListFilters(): Handler {
  const answer = presentFilters(filters.values());
  return (ctx) => {
    ctx.body = answer;
  };
}
