import type { StaffClient } from '../../client/createStaffClient.js';
import type { FilterView } from '../../domain/wire/rules.js';
import { usageError } from '../errors.js';
import { nearest } from '../nearest.js';

/** The filters that the deployment knows, or the one of that name. */
export async function listFilters(staff: StaffClient, name: string | undefined): Promise<FilterView[]> {
  const { filters } = await staff.listFilters();
  if (name === undefined) return filters;
  const found = filters.filter((filter) => filter.name.toLowerCase() === name.toLowerCase());
  if (found.length > 0) return found;
  const names = filters.map((filter) => filter.name);
  const meant = nearest(name, names);
  throw usageError(
    `There is no filter '${name}'.`,
    ...(meant === undefined ? [] : [`spikectl rule list ${meant}`]),
    `The filters are ${names.join(', ')}.`,
  );
}
