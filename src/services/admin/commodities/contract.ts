import { exampleCommodity } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const commodity = exampleCommodity;
const { name, description } = commodity;

export const commodityContract: Contract = {
  tag: 'Commodities',
  description: 'What events sell.',
  routes: {
    'GET /admin/commodities': {
      operationId: 'listCommodities',
      summary: 'All of them, the newest first',
      answers: answers('CommoditiesAnswer', { commodities: [commodity], next: null }),
    },
    'POST /admin/commodities': {
      operationId: 'createCommodity',
      summary: 'A new one',
      body: { name, description },
      answers: answers('CommodityAnswer', { commodity }, { status: 201, description: 'Made.' }),
      refusals: ['NAME_TAKEN'],
    },
    'PUT /admin/commodities/:id': {
      operationId: 'changeCommodity',
      summary: 'Another name or description',
      description: 'Every event that sells it shows the new ones within a second.',
      id: 'commodity',
      body: { description: null },
      answers: answers('CommodityAnswer', { commodity: { ...commodity, description: null } }),
      refusals: ['NOT_FOUND', 'NAME_TAKEN'],
    },
    'DELETE /admin/commodities/:id': {
      operationId: 'deleteCommodity',
      summary: 'Delete one that no event ever sold',
      id: 'commodity',
      answers: answers('DeletedAnswer', { id: commodity.id }),
      refusals: ['NOT_FOUND', 'COMMODITY_IN_USE'],
    },
  },
};
