import { language } from '../../src/text/language.js';
import { moment } from './format.js';
import { sayInChinese, type Sentence } from './sayInChinese.js';

const eventStates: Readonly<Record<string, string>> = {
  scheduled: '未开始',
  open: '进行中',
  paused: '已暂停',
  ended: '已结束',
  closed: '已关闭',
};
const orderStates: Readonly<Record<string, string>> = { cancelled: '已取消', expired: '已过期', refunded: '已退款' };

/** From when to when; the service writes both in UTC. */
const EVENT_WINDOW = /^(\w+): (\d\S+Z) to (\d\S+Z)$/;

/** What an audit writes under `problems`. */
const problems: readonly Sentence[] = [
  [/^Redis did not answer\.$/, () => 'Redis 没有响应。'],
  [/^Redis was restarted; .+$/, () => 'Redis 已重启；订单服务会自动重建库存。请几秒后再次审计。'],
  [/^Redis does not have the event; .+$/, () => 'Redis 中没有该活动；订单服务会自动重建库存。请几秒后再次审计。'],
  [
    /^Redis has a quantity of (\d+), MySQL of (\d+)\.$/,
    (redis, mysql) => `总量不一致：Redis 为 ${redis}，MySQL 为 ${mysql}。`,
  ],
  [
    /^Redis does not add up: (-?\d+) available \+ (\d+) held is not (\d+)\.$/,
    (available, held, quantity) => `Redis 数量不符：可售 ${available} + 占用 ${held} 不等于 ${quantity}。`,
  ],
  [
    /^Order (\S+) holds units in MySQL and not in Redis\.$/,
    (id) => `订单 ${id} 在 MySQL 中占用库存，在 Redis 中没有。`,
  ],
  [
    /^Order (\S+) is (\w+) and still holds units in Redis\.$/,
    (id, state) => `订单 ${id} ${orderStates[state] ?? state}，但在 Redis 中仍占用库存。`,
  ],
  [
    /^The event counts (-?\d+) units sold, its orders hold (\d+)\.$/,
    (counted, held) => `活动记录已售 ${counted} 件，而其订单占用 ${held} 件。`,
  ],
  [
    /^User (\S+) holds (\d+) units by orders and (-?\d+) by the count\.$/,
    (id, held, counted) => `用户 ${id} 按订单占用 ${held} 件，按计数为 ${counted} 件。`,
  ],
];

/** What a warm check writes under `detail` and `next`. */
const checks: readonly Sentence[] = [
  [/^the order service is rebuilding the stock from MySQL$/, () => '订单服务正在根据 MySQL 重建库存'],
  [
    /^(the audit found something: )?(\d+) = (\S+) available \+ (\S+) pending \+ (\d+) sold(; it was missing in Redis and is there now)?$/,
    (found, quantity, available, pending, sold, added) =>
      [
        found === undefined ? '' : '审计发现问题：',
        `共 ${quantity}：可售 ${orUnknown(available)} + 处理中 ${orUnknown(pending)} + 已售 ${sold}`,
        added === undefined ? '' : '；原先不在 Redis 中，现已写入',
      ].join(''),
  ],
  [/^Redis does not have the event$/, () => 'Redis 中没有该活动'],
  [/^Redis differs in (.+)$/, (fields) => `Redis 中的以下字段不一致：${fields}`],
  [/^Redis has what MySQL has$/, () => 'Redis 与 MySQL 一致'],
  [/^Redis has what MySQL has; brought just now: (.+)$/, (fields) => `Redis 与 MySQL 一致；刚刚写入：${fields}`],
  [/^Redis has (\d+) of (\d+) scripts$/, (known, scripts) => `Redis 已有 ${scripts} 个脚本中的 ${known} 个`],
  [/^(\S+) has (\d+) consumers?$/, (queue, consumers) => `${queue} 有 ${consumers} 个消费者`],
  [/^RabbitMQ does not answer$/, () => 'RabbitMQ 没有响应'],
  [/^none: everybody may buy$/, () => '无规则：所有人都可购买'],
  [/^it cannot be read, so nobody may buy: (.+)$/s, (places) => `规则无法读取，因此没有人可以购买：${places}`],
  [
    EVENT_WINDOW,
    (state, startsAt, endsAt) => `${eventStates[state] ?? state}：${moment(startsAt)} 至 ${moment(endsAt)}`,
  ],
  [/^Redis' clock and this service's are (\d+) ms apart$/, (ms) => `Redis 与本服务的时钟相差 ${ms} 毫秒`],
  [/^Warm it again in some seconds; if it stays so: (.+)$/, (command) => `请几秒后再次预热；若仍如此：${command}`],
  [/^Closing is for good; make another event: (.+)$/, (command) => `关闭后无法恢复；请新建活动：${command}`],
  [/^Let both machines set their clock by NTP\.$/, () => '请让两台机器都通过 NTP 校准时钟。'],
];

const sentences = [...problems, ...checks];

/**
 * What an audit or a check gives as its evidence, in the language of the page, times by this browser's time zone.
 *
 * @returns a command, and a sentence that is not known here, as the service writes it
 */
export function evidenceText(text: string, spoken = language): string {
  return spoken === 'en' ? withLocalTimes(text) : (sayInChinese(text, sentences) ?? text);
}

function withLocalTimes(text: string): string {
  const [, state, startsAt, endsAt] = EVENT_WINDOW.exec(text) ?? [];
  return state === undefined ? text : `${state}: ${moment(startsAt)} to ${moment(endsAt)}`;
}

function orUnknown(units: string | undefined): string {
  return units === undefined || units === 'null' ? '未知' : units;
}
