import type { CommoditiesAnswer, CommodityAnswer, Page } from '../answers.js';
import type { Calls } from './calls.js';

export function commodityCalls({ get, send }: Calls) {
  return {
    listCommodities: (page: Page = {}) => get<CommoditiesAnswer>('/commodities', { ...page }),
    createCommodity: (name: string, description?: string) =>
      send<CommodityAnswer>('POST', '/commodities', { name, ...(description === undefined ? {} : { description }) }),
  };
}
