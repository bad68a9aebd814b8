import type { ErrorCode } from '../../../src/domain/errorCatalogue.js';
import { LoggedOut, Refused } from '../../src/api/failures.js';
import { inLanguage } from '../../src/text/language.js';

/** What is said for codes that staff can meet; English for the others, as the service says it. */
const zhCodes: Partial<Record<ErrorCode, string>> = {
  BAD_INPUT: '输入有误',
  BAD_RULE: '规则有误',
  BAD_CREDENTIALS: '用户名或密码错误',
  BLOCKED: '该账号已停用，请联系管理员',
  BODY_TOO_LARGE: '内容过大',
  FORBIDDEN: '您的角色无权执行此操作',
  NOT_FOUND: '未找到',
  PHONE_TAKEN: '该手机号已注册',
  NAME_TAKEN: '该名称已被使用',
  LAST_ADMIN: '没有其他人能管理员工，请先任命另一位管理员',
  ORDER_NOT_CANCELLABLE: '订单无法取消，只有待付款的订单可以取消',
  ORDER_NOT_REFUNDABLE: '订单无法退款，只有已付款的订单可以退款',
  ORDER_STILL_PENDING: '订单仍在处理中，请稍后再试',
  EVENT_EXISTS: '已有使用该标识的活动',
  EVENT_HAS_ORDERS: '活动已有订单，请改为关闭活动',
  EVENT_STATE: '活动当前的状态不允许此操作',
  NOT_ENOUGH_FREE: '空闲库存不足，已预留和已售出的不能收回',
  EVENT_OVERSOLD: '活动的订单超过了允许的数量，请先审计',
  COMMODITY_IN_USE: '商品正被活动使用',
  TOO_MANY_REQUESTS: '请求过于频繁，请稍候',
  OVERLOADED: '系统繁忙，请稍后再试',
  STOCK_REBUILDING: '库存正在重建，请稍后再试',
  NO_CONSUMER: '没有订单服务在处理队列',
  STORE_UNAVAILABLE: '存储暂时无法访问，请稍后再试',
  SHUTTING_DOWN: '服务正在重启，请立即重试',
  INTERNAL: '服务内部错误，请报告编号',
};

interface FailureTexts {
  codes: Partial<Record<ErrorCode, string>>;
  noAnswer: string;
  loggedOut: string;
  wait: (seconds: number) => string;
  end: string;
  join: string;
}

const texts = inLanguage<FailureTexts>({
  en: {
    codes: {
      BAD_INPUT: 'Not everything is right yet.',
      BAD_RULE: 'The rule is not valid.',
      FORBIDDEN: 'Your role may not do this. Ask an admin.',
      BAD_CREDENTIALS: 'The user name or the password is wrong.',
      BLOCKED: 'This account is disabled. Ask an admin.',
    },
    noAnswer: 'No answer. Whether it was done is not known: look before you try again.',
    loggedOut: 'Log in again, then try once more.',
    wait: (seconds) => `Wait ${seconds} s, then try again.`,
    end: '.',
    join: ': ',
  },
  zh: {
    codes: zhCodes,
    noAnswer: '没有收到答复。不确定是否已执行：请先查看，再重试。',
    loggedOut: '请重新登录后再试。',
    wait: (seconds) => `请等待 ${seconds} 秒后重试。`,
    end: '。',
    join: '：',
  },
});

/** Why something could not be done, in plain words. */
export function failureText(failure: unknown): string {
  if (failure instanceof LoggedOut) return texts.loggedOut;
  if (!(failure instanceof Refused)) return texts.noAnswer;
  const { answer, code, retryAfterMs } = failure;
  const reason = typeof answer.reason === 'string' ? answer.reason : '';
  const detail = code === 'INTERNAL' ? answer.requestId : reason || placeOf(answer);
  const known = texts.codes[code];
  const said = known ?? capital(answer.msg);
  const whole = detail === '' ? said : `${said.replace(/[.。]$/, '')}${texts.join}${detail}`;
  const next = known === undefined ? ` ${answer.next}` : '';
  const wait = retryAfterMs === undefined ? '' : ` ${texts.wait(Math.max(1, Math.ceil(retryAfterMs / 1_000)))}`;
  return `${/[.。]$/.test(whole) ? whole : `${whole}${texts.end}`}${wait || next}`;
}

/** What is wrong with which field, by its place. */
export function issuesOf(failure: unknown): ReadonlyMap<string, string> {
  if (!(failure instanceof Refused) || !Array.isArray(failure.answer.issues)) return new Map();
  const issues = failure.answer.issues as { path: string; message: string }[];
  return new Map(issues.map(({ path, message }) => [path, message]));
}

/** What stands in the way, where the refusal names it. */
function placeOf(answer: Refused['answer']): string {
  const { state, field, available, issues } = answer;
  if (Array.isArray(issues)) {
    return (issues as { path: string; message: string }[])
      .map(({ path, message }) => (path === '' ? message : `${path} ${message}`))
      .join('; ');
  }
  const named = [field, state, available].filter((part) => typeof part === 'string' || typeof part === 'number');
  return named.join(', ');
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
