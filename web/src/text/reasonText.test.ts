import { describe, expect, test } from '@jest/globals';
import { filters } from '../../../src/domain/access/filters.js';
import type { Facts } from '../../../src/domain/access/filter.js';
import { refuseAccount } from '../../../src/domain/access/decide.js';
import { reasonText } from './reasonText.js';

const NOW = Date.parse('2030-01-01T00:00:00Z');
/** Somebody whom every filter refuses. */
const facts: Facts = {
  user: {
    id: '1',
    birthDate: '2000-01-01',
    workStatus: 'student',
    registeredAtMs: NOW,
    isBlocked: true,
    isDenied: true,
    isAllowed: false,
  },
  event: { id: '1', title: 'x', commodityId: '1', priceCents: 0, quantity: 1, startsAtMs: NOW, endsAtMs: NOW },
  nowMs: NOW,
};

function refusalOf(
  name: string,
  settings: unknown,
  told: Partial<Facts['user']> = {},
  event: Facts['event'] = facts.event,
): string {
  const filter = filters.get(name)!;
  return filter.evaluate(filter.schema.parse(settings), { ...facts, user: { ...facts.user, ...told }, event })!;
}

describe('why somebody may not buy', () => {
  test.each([
    ['base', { age: { min: 40 } }, {}, '须年满 40 岁'],
    ['base', { age: { max: 18 } }, {}, '年龄不能超过 18 岁'],
    ['base', { age: { min: 18 } }, { birthDate: null }, '没有您的出生日期'],
    ['base', { workStatus: { not: ['student'] } }, {}, '工作状态为“student”的用户不能参加'],
    ['base', { workStatus: { in: ['retired', 'self'] } }, {}, '仅限工作状态为“retired、self”的用户'],
    ['base', { workStatus: { in: ['retired'] } }, { workStatus: null }, '没有您的工作状态'],
    ['registeredBefore', { time: '2029-01-01T00:00:00Z' }, {}, /^仅限 .+ 之前注册的用户$/],
    ['allowlist', {}, {}, '您不在此活动的名单中'],
    ['untrustworthy', {}, {}, '您已被列入限制名单'],
    ['expression', { expression: 'user.age > 40' }, {}, '您不符合此活动的条件'],
    ['expression', { expression: 'user.age > 40' }, { birthDate: null }, '没有您的出生日期'],
    ['expression', { expression: '1 / (user.age - user.age) > 1' }, {}, '无法判断您是否符合此活动的条件'],
  ])('by the filter %s with %j is said in Chinese', (filter, settings, told, chinese) => {
    expect(reasonText(refusalOf(filter, settings, told), 'zh')).toMatch(chinese);
  });

  test.each([
    ['allowlist', {}, '此活动的名单中还没有任何人'],
    ['expression', { expression: 'event.quantity > 5 && event.title != ""' }, /尚未确定的内容：quantity, title$/],
  ])('by the filter %s with %j, in an event that is not made yet, is said in Chinese', (filter, settings, chinese) => {
    expect(reasonText(refusalOf(filter, settings, {}, {}), 'zh')).toMatch(chinese);
  });

  test('of a blocked account is said in Chinese', () => {
    expect(reasonText(refuseAccount(facts)!, 'zh')).toBe('您的账号已被冻结');
  });

  test('is said as staff wrote it, in whatever language the page speaks', () => {
    const settings = { expression: 'user.age > 40', reason: 'only for members of the club.' };
    expect(reasonText(refusalOf('expression', settings), 'zh')).toBe('only for members of the club');
    expect(reasonText('your date of birth is not known', 'en')).toBe('your date of birth is not known');
  });

  test('keeps its direction to itself', () => {
    expect(reasonText('للأعضاء فقط', 'zh')).toBe('\u2068للأعضاء فقط\u2069');
  });
});
