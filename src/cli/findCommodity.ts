import type { CommodityView } from '../domain/wire.js';
import { usageError } from './errors.js';
import { nearest } from './nearest.js';

/** Finds a commodity by its id or its name. An id wins over a name made of digits. */
export function matchCommodity<Named extends Pick<CommodityView, 'id' | 'name'>>(
  commodities: readonly Named[],
  idOrName: string,
): Named | undefined {
  const wanted = idOrName.toLowerCase();
  return (
    commodities.find(({ id }) => id === idOrName) ??
    commodities.find(({ name }) => name === idOrName) ??
    commodities.find(({ name }) => name.toLowerCase() === wanted)
  );
}

/** @throws a usage error with the nearest name when there is none */
export function findCommodity(commodities: readonly CommodityView[], idOrName: string): CommodityView {
  const found = matchCommodity(commodities, idOrName);
  if (found !== undefined) return found;
  const meant = nearest(
    idOrName,
    commodities.map(({ name }) => name),
  );
  throw usageError(
    `There is no commodity '${idOrName}'.`,
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    commodities.length === 0 ? `spikectl commodity create ${JSON.stringify(idOrName)}` : 'spikectl commodity list',
  );
}
