import type { CommoditiesAnswer, CommodityAnswer, CommodityChange, DeletedAnswer, Page } from '../answers.js';
import { part, type Calls } from './calls.js';

export function commodityCalls({ get, send }: Calls) {
  return {
    listCommodities: (page: Page = {}) => get<CommoditiesAnswer>('/commodities', { ...page }),
    createCommodity: (name: string, description?: string) =>
      send<CommodityAnswer>('POST', '/commodities', { name, ...(description === undefined ? {} : { description }) }),
    changeCommodity: (id: string, change: CommodityChange) =>
      send<CommodityAnswer>('PUT', `/commodities/${part(id)}`, change),
    deleteCommodity: (id: string) => send<DeletedAnswer>('DELETE', `/commodities/${part(id)}`),
  };
}
