import type { EventAudit, ReconcileChange } from '../../../src/domain/wire.js';
import { inLanguage } from '../../src/text/language.js';

const en = {
  title: 'Audit',
  note: 'Proves by ids, over all stores, that no unit is promised twice and none is lost.',
  run: 'Audit now',
  running: 'Auditing…',
  ok: 'Every promise holds.',
  bad: (events: string) => `Not in order: ${events}. Every offender is named below.`,
  event: 'Event',
  sum: (available: string, pending: string, sold: string, quantity: string) =>
    `${available} available + ${pending} pending + ${sold} sold of ${quantity}`,
  inOrder: 'in order',
  notInOrder: 'not in order',
  stock: 'Stock',
  offenders: {
    duplicates: 'Orders that count twice for one ticket',
    overLimit: 'Users above their limit',
    lost: 'Orders that a buyer was told and no store has',
    stuck: 'Orders that are pending for too long',
    deadLettered: 'Orders whose message is a dead letter',
  } as Record<'duplicates' | 'overLimit' | 'lost' | 'stuck' | 'deadLettered', string>,
  oversold: (units: string) => `${units} units are held beyond the quantity.`,
  problems: 'What the stores do not agree on',
  empty: 'No event.',
  reconcile: {
    title: 'Reconcile',
    note: 'Rebuilds the stock in Redis from MySQL and the queue. The event sells nothing meanwhile, for a second or so.',
    look: 'See what would change',
    same: 'Redis is as a rebuild would make it.',
    differs: 'A rebuild would change this:',
    run: 'Reconcile…',
    force: 'Rebuild nevertheless…',
    ask: (title: string) => `Rebuild the stock of “${title}”?`,
    done: 'The rebuild has begun; the order service does it.',
    what: {
      stock: 'Stock',
      quantity: 'Quantity',
      available: 'Available',
      held: 'Orders that Redis does not count',
      released: 'Orders that only Redis counts',
      sold: 'Sold',
      counts: 'Counts of users',
    } as Record<ReconcileChange['what'], string>,
    ids: 'Ids',
  },
};

const zh: typeof en = {
  title: '审计',
  note: '在所有存储中逐个编号核对：没有一件商品被重复承诺，也没有一件丢失。',
  run: '立即审计',
  running: '审计中…',
  ok: '所有承诺均已兑现。',
  bad: (events) => `存在问题：${events}。下面列出每一个问题的编号。`,
  event: '活动',
  sum: (available, pending, sold, quantity) => `共 ${quantity}：可售 ${available} + 处理中 ${pending} + 已售 ${sold}`,
  inOrder: '正常',
  notInOrder: '异常',
  stock: '库存',
  offenders: {
    duplicates: '同一凭证被计算两次的订单',
    overLimit: '超过限购的用户',
    lost: '已告知买家但任何存储都没有的订单',
    stuck: '处理时间过长的订单',
    deadLettered: '消息已成死信的订单',
  },
  oversold: (units) => `超出总量 ${units} 件。`,
  problems: '各存储不一致之处',
  empty: '没有活动。',
  reconcile: {
    title: '对账重建',
    note: '根据 MySQL 和队列重建 Redis 中的库存。期间活动暂停约一秒。',
    look: '查看将会改变什么',
    same: 'Redis 与重建后的结果一致。',
    differs: '重建将改变以下内容：',
    run: '重建…',
    force: '仍然重建…',
    ask: (title) => `重建“${title}”的库存？`,
    done: '重建已开始，由订单服务执行。',
    what: {
      stock: '库存',
      quantity: '总量',
      available: '可售',
      held: 'Redis 未计入的订单',
      released: '只有 Redis 计入的订单',
      sold: '已售',
      counts: '用户计数',
    },
    ids: '编号',
  },
};

export const truthTexts = inLanguage({ en, zh });

/** The lists of an audit that name offenders. */
export const offenderKinds = [
  'duplicates',
  'overLimit',
  'lost',
  'stuck',
  'deadLettered',
] as const satisfies readonly (keyof EventAudit)[];
