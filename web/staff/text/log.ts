import { inLanguage } from '../../src/text/language.js';

const en = {
  title: 'Audit log',
  note: 'Every change by staff: who, what, before and after. Nothing is ever taken out.',
  empty: 'No such change.',
  at: 'When',
  actor: 'Who',
  action: 'What',
  target: 'Of what',
  detail: 'Change',
  targetType: 'Kind',
  targetId: 'Id',
  since: 'Since',
  any: 'any',
  actionHint: 'Such as event.pause',
  kinds: {
    event: 'event',
    order: 'order',
    user: 'user',
    commodity: 'commodity',
    limits: 'limits',
    queue: 'queue',
    admin: 'staff',
  },
};

const zh: typeof en = {
  title: '操作日志',
  note: '员工的每一次变更：谁、做了什么、之前与之后。任何记录都不会被删除。',
  empty: '没有这样的变更。',
  at: '时间',
  actor: '操作人',
  action: '操作',
  target: '对象',
  detail: '变更',
  targetType: '类型',
  targetId: '编号',
  since: '起始时间',
  any: '全部',
  actionHint: '例如 event.pause',
  kinds: {
    event: '活动',
    order: '订单',
    user: '用户',
    commodity: '商品',
    limits: '限流',
    queue: '队列',
    admin: '员工',
  },
};

export const logTexts = inLanguage({ en, zh });

/** What a change was made to, in words. */
export function kindOf(targetType: string): string {
  return (logTexts.kinds as Readonly<Record<string, string>>)[targetType] ?? targetType;
}
