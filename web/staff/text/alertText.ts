import { language } from '../../src/text/language.js';
import { sayInChinese, type Sentence } from './sayInChinese.js';

const consequences: Readonly<Record<string, string>> = {
  mysql: 'MySQL 没有响应：订单在队列中等待。',
  redis: 'Redis 没有响应：购买请求以 503 拒绝。',
  rabbitmq: 'RabbitMQ 没有响应：购买以 202 答复，在 Redis 中等待。',
};

/** The sentences of the alert judge. */
const sentences: readonly Sentence[] = [
  [/^Event (\d+): (\d+) units more are promised than there are\.$/, (id, units) => `活动 ${id}：超卖 ${units} 件。`],
  [
    /^Event (\d+): available \+ pending \+ sold is not (\d+), (\d+) units (?:too many|missing)\.$/,
    (id, quantity, units) => `活动 ${id}：可售、处理中、已售之和不等于 ${quantity}，相差 ${units} 件。`,
  ],
  [/^Event (\d+): its stock is being rebuilt; purchases wait\.$/, (id) => `活动 ${id}：库存正在重建，购买请求在等待。`],
  [/^Event (\d+): (\d+) reservations? pending for too long\.$/, (id, count) => `活动 ${id}：${count} 个预留滞留过久。`],
  [
    /^Nobody consumes the order queue; (\d+) messages? wait\.$/,
    (count) => `没有服务在处理订单队列，${count} 条消息在等待。`,
  ],
  [/^(\d+) dead letters? to look at\.$/, (count) => `有 ${count} 封死信待处理。`],
  [
    /^(\w+) (\S+) started again (\d+) s ago \((\d+) restarts?\)\.$/,
    (service, instance, seconds, restarts) => `${service} ${instance} 在 ${seconds} 秒前重启（共 ${restarts} 次）。`,
  ],
  [/^(mysql|redis|rabbitmq) does not answer: .+$/, (store) => consequences[store]!],
];

/** What an alert says, in the language of the page; a sentence that is not known here as the service says it. */
export function alertText(text: string, spoken = language): string {
  return spoken === 'en' ? text : (sayInChinese(text, sentences) ?? text);
}
