import { inLanguage } from '../../src/text/language.js';

const en = {
  title: 'Log in',
  pitch: 'Run a sale from here: stock, limits, orders, and whether every promise holds.',
  username: 'User name',
  password: 'Password',
  submit: 'Log in',
  lostTitle: 'Log in again',
  lost: (username: string) =>
    `The login of ${username} has ended. Nothing you typed is gone: give the password, and go on.`,
  someoneElse: 'Log in as someone else',
  account: {
    title: 'My account',
    name: 'User name',
    role: 'Role',
    change: 'Change the password',
    old: 'Present password',
    new: 'New password',
    newHint: 'At least 8 characters.',
    submit: 'Change password',
    changed: 'Your password is changed. Logins elsewhere have ended.',
    note: 'Every login with the old password ends at once, on all devices but this one.',
  },
};

const zh: typeof en = {
  title: '登录',
  pitch: '在这里管理抢购：库存、限流、订单，以及每一个承诺是否兑现。',
  username: '用户名',
  password: '密码',
  submit: '登录',
  lostTitle: '请重新登录',
  lost: (username) => `${username} 的登录已失效。您输入的内容都还在：输入密码即可继续。`,
  someoneElse: '以其他身份登录',
  account: {
    title: '我的账号',
    name: '用户名',
    role: '角色',
    change: '修改密码',
    old: '当前密码',
    new: '新密码',
    newHint: '至少 8 个字符。',
    submit: '修改密码',
    changed: '密码已修改，其他设备上的登录均已失效。',
    note: '使用旧密码的所有登录会立即失效，本设备除外。',
  },
};

export const loginTexts = inLanguage({ en, zh });
