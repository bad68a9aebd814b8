import { inLanguage } from '../../src/text/language.js';

const en = {
  id: 'Id',
  ruleVersion: 'Version of the rule',
  fence: 'Fence',
  createdAt: 'Made',
  updatedAt: 'Last changed',
  seeOrders: 'See its orders',
};

const zh: typeof en = {
  id: '编号',
  ruleVersion: '规则版本',
  fence: '库存代次',
  createdAt: '创建时间',
  updatedAt: '最近修改',
  seeOrders: '查看订单',
};

export const detailTexts = inLanguage({ en, zh });
