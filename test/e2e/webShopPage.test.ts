import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { eventually } from '../helpers/eventually.js';
import { openWebFront, type WebFront } from './webFront.js';
import {
  buttonOf,
  createShoppers,
  expectAccessible,
  expectFits,
  hold,
  HOSTILE,
  openButtonOf,
  orderOf,
  PASSWORD,
  PHONE_SCREEN,
  saleOf,
  sees,
  WIDE_SCREEN,
  type Shoppers,
} from './webShoppers.js';

const CHINESE = { locale: 'zh-CN', viewport: PHONE_SCREEN };
/** The narrowest that pages must fit into: 1280 pixels at 400 %. */
const NARROW_SCREEN = { width: 320, height: 640 };

jest.setTimeout(300_000);

let stores: TestStores;
let closeStores: () => Promise<void>;
let front: WebFront;
let visit: Shoppers['visit'];
let openRegistration: Shoppers['openRegistration'];
let register: Shoppers['register'];
let newPhone: Shoppers['newPhone'];
let newShopper: Shoppers['newShopper'];
let newEvent: Shoppers['newEvent'];
let startSoon: Shoppers['startSoon'];
let unitsSold: Shoppers['unitsSold'];
let leave: Shoppers['leave'];

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  front = await openWebFront(stores);
  const shoppers = createShoppers(front, stores);
  ({ visit, openRegistration, register, newPhone, newShopper, newEvent, startSoon, unitsSold, leave } = shoppers);
});

afterEach(() => leave());

afterAll(async () => {
  await front.close();
  await closeStores();
});

/** Everything that the page shows and says, without what others have written. */
async function spoken(page: Page, others: readonly string[]): Promise<string> {
  const texts = await page.evaluate<string>(`[
    document.title,
    document.body.innerText,
    ...[...document.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label')),
    ...[...document.querySelectorAll('option')].map(({ label }) => label),
  ].join('\\n')`);
  return others.reduce((rest, other) => rest.replaceAll(other, ''), texts);
}

describe('the language', () => {
  test('is the one that the browser asks for, from the first form to the paid order', async () => {
    const event = await newEvent({ quantity: 12_000 });
    const soldOut = await newEvent({ quantity: 1 });
    const rule = [{ name: 'base', rule: { age: { min: 18 } } }];
    const refused = await newEvent({ rule });
    const soon = await newEvent({ startsAtMs: Date.now() + 3 * 86_400_000, endsAtMs: Date.now() + 9 * 86_400_000 });
    const others = [event, soldOut, refused, soon].map(({ title }) => title).concat('English', 'lamp');
    const [first] = await front.sale.shoppers(1);
    await front.sale.buy(first!, soldOut.id);

    const page = await visit(CHINESE);
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    expect(await page.title()).toBe('登录 · 限时抢购');
    await page.getByRole('link', { name: '还没有账号？立即注册' }).click();
    await page.getByRole('button', { name: '注册' }).click();
    await sees(page.locator('form'), '请填写此项。');
    await page.getByLabel('手机号').fill('12');
    await page.getByLabel('密码', { exact: true }).fill('short');
    await page.getByRole('button', { name: '注册' }).click();
    await sees(page.locator('form'), '手机号格式有误：应为 6 至 20 位数字，开头可以带加号。');
    expect(await spoken(page, others)).not.toMatch(/[A-Za-z]{2}/);

    await page.getByLabel('手机号').fill(newPhone());
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: '注册' }).click();
    await sees(saleOf(page, refused), '您不能参加此活动：没有您的出生日期。');
    await sees(saleOf(page, soon), /^2 天 23 小时$/);
    await sees(saleOf(page, event), '剩余 12,000 件，共 12,000 件');
    await sees(saleOf(page, soldOut), '如果有人取消或未付款，商品会重新出现在这里。');
    await buttonOf(page, event).click();
    await sees(saleOf(page, event), /抢到了！/);
    expect(await spoken(page, others)).not.toMatch(/[A-Za-z]{2}/);

    await page
      .getByRole('link', { name: /^我的订单/ })
      .first()
      .click();
    await eventually(
      () => page.title(),
      (title) => title === '我的订单 · 限时抢购',
    );
    await orderOf(page, event).getByRole('button', { name: '付款 9.99' }).click();
    await sees(orderOf(page, event), '付款成功，谢谢。');
    const ids = await page.locator('.order-id').allTextContents();
    expect(await spoken(page, [...others, ...ids.map((id) => id.split(' ')[1]!)])).not.toMatch(/[A-Za-z]{2}/);
  });

  test('is English for everybody else, without a Chinese character but on the switch', async () => {
    const event = await newEvent();
    const page = await newShopper({ locale: 'fr-FR', viewport: WIDE_SCREEN });
    await buttonOf(page, event).click();
    await sees(saleOf(page, event), /You got it!/);
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(await spoken(page, ['中文'])).not.toMatch(/\p{Script=Han}/u);
  });

  test('can be chosen by hand in the middle of a purchase, which goes on; it is remembered', async () => {
    const event = await newEvent();
    const page = await newShopper();
    const { isAsked, release } = await hold(page, `**/spike/${event.id}`);
    await buttonOf(page, event).click();
    await isAsked;
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: 'English' }).waitFor();
    await release();
    await sees(saleOf(page, event), /抢到了！/);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('English');
    expect(await unitsSold(event)).toBe(1);

    const other = await page.context().newPage();
    await other.goto(front.url);
    await other.getByRole('button', { name: '退出登录' }).waitFor();
  });

  test('can be changed on a form without typing again, except for the password', async () => {
    const page = await visit();
    await openRegistration(page);
    await page.getByLabel('Phone number').fill('+49 170 123');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Name (optional)').fill('Ann');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: '注册' }).waitFor();
    expect(await page.getByLabel('手机号').inputValue()).toBe('+49 170 123');
    expect(await page.getByLabel('姓名（选填）').inputValue()).toBe('Ann');
    expect(await page.getByLabel('密码', { exact: true }).inputValue()).toBe('');
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).toBe('{}');
  });

  test('has words of its own for refusals, and the words of the shop for those that it does not know', async () => {
    const page = await visit(CHINESE);
    const logIn = async () => {
      await page.getByLabel('手机号').fill(newPhone());
      await page.getByLabel('密码', { exact: true }).fill('not this one');
      await page.keyboard.press('Enter');
    };
    await logIn();
    await sees(page.getByRole('alert'), '手机号或密码错误。');
    await page.route('**/users/login', (route) =>
      route.fulfill({
        status: 409,
        json: { status: 'fail', code: 'NEW_CODE', msg: 'something new', next: '', requestId: '1' },
      }),
    );
    await logIn();
    await sees(page.getByRole('alert'), 'Something new.');
  });
});

describe('a browser that keeps nothing', () => {
  test('can buy, and has its language in the address', async () => {
    const event = await newEvent();
    const page = await visit();
    await page.context().addInitScript(`for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
    }`);
    await page.reload();
    await page.getByRole('button', { name: '中文' }).click();
    // The address changes before the page is loaded again.
    await page.getByRole('button', { name: 'English' }).waitFor();
    expect(page.url()).toMatch(/[?&]lang=zh\b/);
    await register(page);
    await buttonOf(page, event).click();
    await sees(saleOf(page, event), /抢到了！/);
    expect(await page.context().cookies()).toEqual([]);
  });
});

describe('hostile text', () => {
  test('in titles, descriptions and reasons is shown as text, and breaks no layout', async () => {
    const [commodityId] = await stores.sequelize.query(
      'INSERT INTO commodities (name, description, created_at, updated_at) VALUES (:name, :text, NOW(3), NOW(3))',
      { replacements: { name: `${HOSTILE} name`.slice(0, 200), text: `${HOSTILE} text `.repeat(10) } },
    );
    const named = { commodityId: String(commodityId), title: HOSTILE.slice(0, 150) };
    const rule = [{ name: 'expression', rule: { expression: 'false', reason: HOSTILE.slice(0, 190) } }];
    const event = await newEvent(named);
    const refused = await newEvent({ ...named, rule });
    const page = await newShopper({ viewport: NARROW_SCREEN });
    await page.getByRole('heading', { level: 3, name: event.title, exact: true }).first().waitFor();
    expect(await saleOf(page, event).locator('.commodity').textContent()).toBe(`${HOSTILE} name`.slice(0, 200));
    await saleOf(page, event).getByText('Description').click();
    await sees(saleOf(page, refused), /^You can't buy in this sale: \u2068<img src=x onerror/);
    await expectFits(page);
    await buttonOf(page, event).click();
    await page
      .getByRole('link', { name: /^My orders/ })
      .first()
      .click();
    await orderOf(page, event).waitFor();
    await expectFits(page);
    expect(await page.locator('main :is(img, script)').count()).toBe(0);
  });

  test('in every field is refused at its field or kept as it is', async () => {
    const page = await visit();
    const fill = async (texts: Record<string, string>) => {
      for (const [name, text] of Object.entries(texts)) await page.locator(`input[name=${name}]`).fill(text);
      await page.locator('button[type=submit]').click();
    };
    await fill({ phone: HOSTILE.slice(0, 40), password: HOSTILE });
    await sees(page.locator('form'), 'This is no phone number');
    await openRegistration(page);
    await fill({ phone: '\u202e+49170', password: HOSTILE.slice(0, 128) });
    await sees(page.locator('form'), 'This is no phone number');
    // As long as one may be: what is typed beyond that, browsers cut off in ways of their own.
    const [phone, password] = [newPhone(), HOSTILE.slice(-100)];
    await fill({ phone, password, name: HOSTILE.slice(0, 100), workStatus: HOSTILE.slice(0, 32) });
    await page.getByRole('button', { name: 'Log out' }).click();
    await fill({ phone, password });
    await page.getByRole('button', { name: 'Log out' }).waitFor();
    expect(await page.locator('main :is(img, script)').count()).toBe(0);
  });
});

describe('the page', () => {
  test('is served under a policy that runs and loads nothing but its own files', async () => {
    const { headers } = await fetch(front.url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');

    const page = await visit();
    await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      document.body.setAttribute('style', 'color: red');
    `);
    expect(await page.title()).toBe('Log in · Flash sales');
    // Of each violation the page tells, and the browser too; neither waits for the script that did it.
    await eventually(
      async () => front.complaints,
      (complaints) => complaints.length === 4,
    );
    const complaints = front.complaints.splice(0);
    expect(complaints.filter((complaint) => complaint.startsWith('policy: script-src'))).toHaveLength(1);
    expect(complaints.filter((complaint) => complaint.startsWith('policy: style-src'))).toHaveLength(1);
  });

  test('comes compressed, and again only when it has changed', async () => {
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/app.js', 'text/javascript'],
      ['/style.css', 'text/css'],
    ]) {
      const first = await fetch(`${front.url}${path}`, { headers: { 'accept-encoding': 'br' } });
      expect(first.headers.get('content-encoding')).toBe('br');
      expect(first.headers.get('content-type')).toContain(type);
      expect(first.headers.get('vary')).toBe('Accept-Encoding');
      const etag = first.headers.get('etag')!;
      const ask = (known: string) =>
        // As a browser does it; Node's would ask for it in any case.
        fetch(`${front.url}${path}`, {
          headers: { 'accept-encoding': 'br', 'if-none-match': known, 'cache-control': 'max-age=0' },
        });
      expect((await ask(etag)).status).toBe(304);
      expect((await ask('"another"')).status).toBe(200);
      const plain = await fetch(`${front.url}${path}`, { headers: { 'accept-encoding': 'identity' } });
      expect(plain.headers.get('etag')).not.toBe(etag);
      expect(await plain.text()).toBe(await first.text());
    }
  });

  test('says in both languages that it needs a script', async () => {
    const page = await visit({ viewport: PHONE_SCREEN, javaScriptEnabled: false });
    await sees(page.locator('body'), /^This shop needs JavaScript/);
    await sees(page.locator('[lang=zh-CN]'), /JavaScript/);
  });

  test('can be used by keyboard alone, from the first form to the paid order', async () => {
    const event = await newEvent();
    const page = await visit();
    const focused = () =>
      page.evaluate<string>(
        '(document.activeElement.getAttribute("aria-label") ?? document.activeElement.name) || document.activeElement.textContent',
      );
    // Looks before it presses, as a person does: a button that is only on its way cannot be reached, however many presses.
    const goTo = async (name: string) => {
      await page.locator(`[aria-label="${name}"], [name="${name}"], :text-is("${name}")`).first().waitFor();
      for (let presses = 0; (await focused()) !== name; presses += 1) {
        expect(presses).toBeLessThan(60);
        await page.keyboard.press('Tab');
      }
    };
    await goTo('New here? Create an account');
    await page.keyboard.press('Enter');
    await page.locator('[name=workStatus]').waitFor();
    await goTo('phone');
    await page.keyboard.type(newPhone());
    await goTo('password');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await buttonOf(page, event).waitFor();
    await goTo(`Buy: ${event.title}`);
    await page.keyboard.press('Enter');
    await sees(saleOf(page, event).getByRole('status'), /You got it!/);
    expect(await focused()).toBe(`You have it: ${event.title}`);
    await goTo(`Pay 9.99: ${event.title}`);
    await page.keyboard.press('Space');
    await sees(orderOf(page, event).getByRole('status'), 'Paid. Thank you.');
    expect(await page.evaluate('document.activeElement.className')).toBe('order');
    expect(await unitsSold(event)).toBe(1);
  });

  test('lets screen readers hear what happens, and not the clock; the focus stays while lists change', async () => {
    const page = await newShopper();
    const event = await newEvent({ startsAtMs: Date.now() + 600_000 });
    await buttonOf(page, event).focus();
    await page.evaluate(`
      window.said = [];
      for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]')) {
        const observer = new MutationObserver(() => said.push(region.textContent));
        observer.observe(region, { childList: true, characterData: true, subtree: true });
      }
    `);
    const newer = await newEvent({ startsAtMs: Date.now() - 120_000 });
    await saleOf(page, newer).waitFor();
    await startSoon(event);
    await openButtonOf(page, event).waitFor();
    expect(await page.evaluate('window.said')).toEqual([`${event.title}: On sale`]);
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(`Buy: ${event.title}`);
  });

  test.each([
    ['en-GB', PHONE_SCREEN],
    ['zh-CN', WIDE_SCREEN],
  ] as const)('is accessible as far as axe can tell (%s, %o), light and dark, and fits', async (locale, viewport) => {
    const soldOut = await newEvent({ quantity: 1, endsAtMs: Date.now() + 600_000 });
    const open = await newEvent({ title: `Open until a ${'very '.repeat(12)}${'long'.repeat(25)} time` });
    const [first] = await front.sale.shoppers(1);
    await front.sale.buy(first!, soldOut.id);
    await newEvent({ startsAtMs: Date.now() + 600_000 });
    const page = await visit({ locale, viewport, reducedMotion: 'reduce' });
    await openRegistration(page);
    await page.locator('button[type=submit]').click();
    await expectAccessible(page);
    await page.locator('a[href="#/login"]').click();
    await register(page);
    await buttonOf(page, open).click();
    await saleOf(page, open).locator('.outcome[data-tone=good]').waitFor();
    await page.locator('[data-phase=soldOut]').filter({ hasText: soldOut.title }).waitFor();
    await expectAccessible(page);
    await page.goto(`${front.url}/#/orders`);
    await orderOf(page, open).getByRole('button').nth(1).click();
    await expectAccessible(page);
  });

  test('fits the narrowest screen and one at 200 %, and has nothing to press that a thumb would miss', async () => {
    const event = await newEvent({ title: 'سماعات استوديو، الأخيرة من السلسلة!', priceCents: 123_456_789 });
    await newEvent({ startsAtMs: Date.now() + 300 * 86_400_000, endsAtMs: Date.now() + 301 * 86_400_000 });
    for (const options of [
      { viewport: NARROW_SCREEN, locale: 'zh-CN' },
      { viewport: NARROW_SCREEN },
      { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
    ]) {
      const page = await visit(options);
      await expectFits(page);
      expect(await smallTargets(page)).toEqual([]);
      await register(page);
      await buttonOf(page, event).click();
      await saleOf(page, event).locator('.outcome[data-tone=good]').waitFor();
      await expectFits(page);
      expect(await smallTargets(page)).toEqual([]);
      await page.goto(`${front.url}/#/orders`);
      await orderOf(page, event).waitFor();
      await expectFits(page);
      expect(await smallTargets(page)).toEqual([]);
      expect(await page.evaluate('getComputedStyle(document.querySelector(".order-title")).direction')).toBe('rtl');
    }
  });
});

/** What can be pressed and is lower than 44 pixels, together with its label. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('a, button, input, summary')]
    .map((element) => element.closest('label') ?? element)
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
    .map((element) => element.outerHTML)`);
}
