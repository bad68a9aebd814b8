import { formatMoment } from './formatMoment.js';
import { isolate } from './isolate.js';
import { language } from './language.js';
import { texts } from './texts.js';

/** How the shop's own filters say why somebody may not buy. What staff have written is in nobody's list. */
const ownReasons: readonly (readonly [reason: RegExp, inChinese: (part: string) => string])[] = [
  [/^your date of birth is not known$/, () => '没有您的出生日期'],
  [/^your work status is not known$/, () => '没有您的工作状态'],
  [/^you must be at least (\d+) years old$/, (years) => `须年满 ${years} 岁`],
  [/^you must be at most (\d+) years old$/, (years) => `年龄不能超过 ${years} 岁`],
  [/^not for the work status (.+)$/, (status) => `工作状态为“${statuses(status)}”的用户不能参加`],
  [/^only for the work status (.+)$/, (list) => `仅限工作状态为“${statuses(list)}”的用户`],
  [/^only for those who registered before (\S+)$/, (iso) => `仅限 ${moment(iso)} 之前注册的用户`],
  [/^you are not on the list of this event$/, () => '您不在此活动的名单中'],
  [/^nobody is on the list of this event yet$/, () => '此活动的名单中还没有任何人'],
  [/^you are on the deny list$/, () => '您已被列入限制名单'],
  [/^you do not meet the condition of this event$/, () => '您不符合此活动的条件'],
  [/^the condition of this event cannot be decided for you$/, () => '无法判断您是否符合此活动的条件'],
  [
    /^the condition asks for what is not known of the event yet: (.+)$/,
    (names) => `条件用到活动尚未确定的内容：${names}`,
  ],
  [/^your account is blocked$/, () => '您的账号已被冻结'],
];

/** Why a shopper may not buy: the shop's own reasons in the language of the page, those of staff as they wrote them. */
export function reasonText(reason: string, spoken = language): string {
  if (spoken === 'zh') {
    for (const [known, say] of ownReasons) {
      const match = known.exec(reason);
      if (match !== null) return say(match[1] ?? '');
    }
  }
  return isolate(reason.replace(/[.。]$/, ''));
}

/** Those that the form suggests, by their Chinese names; others as somebody has typed them. */
function statuses(list: string): string {
  const names: Readonly<Record<string, string>> = texts.workStatuses;
  return list
    .split(', ')
    .map((status) => names[status] ?? isolate(status))
    .join('、');
}

function moment(iso: string): string {
  return formatMoment(iso, Date.now());
}
