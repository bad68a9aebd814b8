import { inLanguage } from '../../src/text/language.js';

const en = {
  title: 'Dead letters',
  note: 'Messages that could not be turned into orders. The buyers were told yes: find out why, then send them again.',
  empty: 'No dead letter. Every order that was told is on its way or stored.',
  letters: (shown: string, total: string) => `${shown} of ${total} letters`,
  event: 'Event',
  reason: 'Why',
  orders: 'Orders',
  unreadable: 'Cannot be read',
  filter: 'Only of event',
  replay: {
    label: 'Send again…',
    title: (total: string) => `Send ${total} dead letters to the order queue again?`,
    titleEvent: (eventId: string) => `Send the dead letters of event ${eventId} to the order queue again?`,
    text: 'Orders that MySQL has already are not stored twice. At most 500 at once; letters that cannot be read stay.',
    confirm: 'Send again',
    done: (letters: string, orders: string, left: string) =>
      `${letters} letters with ${orders} orders were sent again; ${left} are left.`,
  },
  purge: {
    label: 'Give up…',
    title: (total: string) => `Give up ${total} dead letters?`,
    titleEvent: (eventId: string) => `Give up the dead letters of event ${eventId}?`,
    text: 'Their orders are cancelled and the units go on sale again. The buyers were told yes: tell them. At most 500 at once.',
    confirm: 'Give them up',
    done: (letters: string, orders: string, left: string) =>
      `${letters} letters with ${orders} orders were given up; ${left} are left.`,
  },
  count: 'Dead letters',
};

const zh: typeof en = {
  title: '死信',
  note: '无法变成订单的消息。买家已被告知抢购成功：先查明原因，再重新发送。',
  empty: '没有死信。所有已告知成功的订单都已入库或在途。',
  letters: (shown, total) => `显示 ${shown} 封，共 ${total} 封`,
  event: '活动',
  reason: '原因',
  orders: '订单',
  unreadable: '无法读取',
  filter: '仅此活动',
  replay: {
    label: '重新发送…',
    title: (total) => `将 ${total} 封死信重新发送到订单队列？`,
    titleEvent: (eventId) => `将活动 ${eventId} 的死信重新发送到订单队列？`,
    text: 'MySQL 中已有的订单不会重复保存。一次最多 500 封；无法读取的会保留。',
    confirm: '重新发送',
    done: (letters, orders, left) => `已重新发送 ${letters} 封（${orders} 个订单），剩余 ${left} 封。`,
  },
  purge: {
    label: '放弃…',
    title: (total) => `放弃 ${total} 封死信？`,
    titleEvent: (eventId) => `放弃活动 ${eventId} 的死信？`,
    text: '其中的订单会被取消，库存重新上架。买家已被告知成功：请通知他们。一次最多 500 封。',
    confirm: '放弃',
    done: (letters, orders, left) => `已放弃 ${letters} 封（${orders} 个订单），剩余 ${left} 封。`,
  },
  count: '死信数',
};

export const queueTexts = inLanguage({ en, zh });
