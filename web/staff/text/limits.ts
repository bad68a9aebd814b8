import type { LimitName, LimitView } from '../../../src/domain/limits.js';
import { inLanguage } from '../../src/text/language.js';

const en = {
  title: 'Limits',
  ofAll: 'For all events',
  ofEvent: 'Of this event',
  note: 'In force everywhere within a second, without a restart.',
  names: {
    userRatePerSecond: 'Requests per second of one user',
    userBurst: 'Requests of one user at once',
    queueFactor: 'Requests let through per unit left',
    maxInFlight: 'Purchases in hand per process',
    addressRatePerMinute: 'Logins per minute of one address',
    addressBurst: 'Logins of one address at once',
  } as Record<LimitName, string>,
  name: 'Limit',
  inForce: 'In force',
  from: 'From',
  origins: { event: 'this event', global: 'all events', setting: 'setting' } as Record<LimitView['origin'], string>,
  levels: { event: 'This event', global: 'All events', setting: 'Setting' },
  change: 'Change the limits',
  emptyNote: 'Empty: the next level holds.',
  ask: 'Change the limits?',
  askText: 'In force within a second.',
  save: 'Check and save…',
  saved: 'The limits are in force.',
  same: 'Nothing is another value than before.',
  back: (value: string) => `back to ${value}`,
  range: (min: string, max: string) => `From ${min} to ${max}`,
  wrong: 'Not a number in this range.',
};

const zh: typeof en = {
  title: '限流',
  ofAll: '所有活动',
  ofEvent: '此活动',
  note: '一秒之内在所有地方生效，无需重启。',
  names: {
    userRatePerSecond: '每个用户每秒请求数',
    userBurst: '每个用户瞬时请求数',
    queueFactor: '每件库存放行请求数',
    maxInFlight: '每个进程同时处理的购买',
    addressRatePerMinute: '每个地址每分钟登录数',
    addressBurst: '每个地址瞬时登录数',
  },
  name: '限流项',
  inForce: '当前值',
  from: '来源',
  origins: { event: '此活动', global: '所有活动', setting: '配置' },
  levels: { event: '此活动', global: '所有活动', setting: '配置' },
  change: '修改限流',
  emptyNote: '留空则使用下一级的值。',
  ask: '修改限流？',
  askText: '一秒之内生效。',
  save: '检查并保存…',
  saved: '限流已生效。',
  same: '没有任何变化。',
  back: (value) => `恢复为 ${value}`,
  range: (min, max) => `${min} 到 ${max}`,
  wrong: '不是此范围内的数字。',
};

export const limitTexts = inLanguage({ en, zh });
