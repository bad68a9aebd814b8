import { inLanguage } from '../../src/text/language.js';

interface FilterText {
  title: string;
  note: string;
}

const en = {
  title: 'Who may buy',
  everybody: 'Everybody may buy.',
  note: 'The links are asked in this order; the first that refuses gives the reason.',
  filters: {
    base: { title: 'Age and work status', note: 'Refuses also who has not told what is asked for.' },
    untrustworthy: { title: 'Not on the deny list', note: 'The deny list is the same for all events.' },
    allowlist: {
      title: 'Only on the allow list',
      note: 'The allow list belongs to the event; while it is empty, nobody may buy.',
    },
    registeredBefore: { title: 'Registered before a time', note: 'Keeps out accounts that were made for the sale.' },
    expression: {
      title: 'A condition in CEL',
      note: 'Over user (id, age, workStatus, registeredAt) and event (id, title, commodityId, priceCents, quantity, startsAt, endsAt).',
    },
  } as Record<string, FilterText>,
  fields: {
    'base.age.min': 'Youngest age',
    'base.age.max': 'Oldest age',
    'base.workStatus.in': 'Only these work statuses',
    'base.workStatus.not': 'Not these work statuses',
    'registeredBefore.time': 'Registered before',
    'expression.expression': 'Condition',
    'expression.reason': 'Reason that the others are told',
  } as Record<string, string>,
  hints: {
    'base.workStatus.in': 'Apart by commas: student, retired',
    'base.workStatus.not': 'Apart by commas: unemployed',
    'expression.expression': 'user.age >= 21 || user.workStatus == "student"',
  } as Record<string, string>,
  json: 'Settings as JSON',
  add: 'Add a condition',
  up: (title: string) => `Move up: ${title}`,
  down: (title: string) => `Move down: ${title}`,
  remove: (title: string) => `Remove: ${title}`,
  link: (position: number, title: string) => `${position}. ${title}`,
  preview: {
    title: 'Who qualifies?',
    note: 'Ask for some users what the rule, as it is written now, says of each. Nothing is changed.',
    draft:
      'Where a condition asks for the event, what is typed above counts, as far as it can be read. Nobody is on its allow list yet.',
    users: 'Users',
    hint: 'Ids or phone numbers, apart by commas or lines; at most 20.',
    ask: 'Try',
    wrong: (refs: string) => `Neither ids nor phone numbers: ${refs}`,
    tooMany: 'At most 20 at once.',
    nobody: 'Name at least one user.',
    yes: 'may buy',
    no: 'may not buy',
    unknown: (user: string) => `There is no user ${user}.`,
    account: 'Account',
    passes: 'passes',
    refuses: 'refuses',
    summary: (eligible: number, total: number) => `${eligible} of ${total} may buy.`,
  },
  save: 'Save the rule',
  saveTitle: 'Change who may buy?',
  saveText: 'It is in force at once; tickets that were handed out before are no longer valid.',
  saved: 'The rule is in force.',
  same: 'The rule is as it was.',
  version: (version: string) => `Version ${version}`,
};

const zh: typeof en = {
  title: '购买资格',
  everybody: '所有人都可以购买。',
  note: '按此顺序逐项检查，第一个拒绝的条件给出原因。',
  filters: {
    base: { title: '年龄与工作状态', note: '未填写所需信息的用户也会被拒绝。' },
    untrustworthy: { title: '不在黑名单中', note: '黑名单对所有活动通用。' },
    allowlist: { title: '仅限白名单', note: '白名单属于该活动；为空时任何人都不能购买。' },
    registeredBefore: { title: '在某时间前注册', note: '排除专为抢购注册的账号。' },
    expression: {
      title: 'CEL 条件表达式',
      note: '可用 user（id、age、workStatus、registeredAt）和 event（id、title、commodityId、priceCents、quantity、startsAt、endsAt）。',
    },
  },
  fields: {
    'base.age.min': '最小年龄',
    'base.age.max': '最大年龄',
    'base.workStatus.in': '仅限这些工作状态',
    'base.workStatus.not': '排除这些工作状态',
    'registeredBefore.time': '注册时间早于',
    'expression.expression': '条件',
    'expression.reason': '告知被拒者的原因',
  },
  hints: {
    'base.workStatus.in': '用逗号分隔：student, retired',
    'base.workStatus.not': '用逗号分隔：unemployed',
    'expression.expression': 'user.age >= 21 || user.workStatus == "student"',
  },
  json: '设置（JSON）',
  add: '添加条件',
  up: (title) => `上移：${title}`,
  down: (title) => `下移：${title}`,
  remove: (title) => `移除：${title}`,
  link: (position, title) => `${position}. ${title}`,
  preview: {
    title: '谁符合条件？',
    note: '用当前填写的规则试查若干用户的结果，不会改变任何内容。',
    draft: '条件涉及活动时，以上面已填写且可识别的内容为准。活动的白名单中还没有任何人。',
    users: '用户',
    hint: '编号或手机号，用逗号或换行分隔，最多 20 个。',
    ask: '试查',
    wrong: (refs) => `既不是编号也不是手机号：${refs}`,
    tooMany: '一次最多 20 个。',
    nobody: '请至少填写一个用户。',
    yes: '可以购买',
    no: '不能购买',
    unknown: (user) => `没有用户 ${user}。`,
    account: '账号',
    passes: '通过',
    refuses: '拒绝',
    summary: (eligible, total) => `${total} 人中有 ${eligible} 人可以购买。`,
  },
  save: '保存规则',
  saveTitle: '修改购买资格？',
  saveText: '立即生效；之前发放的购买凭证随即失效。',
  saved: '规则已生效。',
  same: '规则没有变化。',
  version: (version) => `版本 ${version}`,
};

export const ruleTexts = inLanguage({ en, zh });
