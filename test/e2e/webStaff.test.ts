import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import type { StaffRole } from '../../src/domain/staffRole.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { makeDeadOrder } from '../helpers/deadOrder.js';
import { eventually } from '../helpers/eventually.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { hears, openWebFront, type WebFront } from './webFront.js';

const PASSWORD = 'a password of the staff';
const CHEAP = { logN: 4, r: 8, p: 1 };
const PHONE_SCREEN = { width: 390, height: 844 };
const WIDE_SCREEN = { width: 1280, height: 900 };
const HOSTILE = `<img src=x onerror="alert(1)"><script>alert(2)</script> ${'long'.repeat(20)} 🦊 مرحبا '"&`;

jest.setTimeout(300_000);

let stores: TestStores;
let closeStores: () => Promise<void>;
let front: WebFront;
let visits: Page[] = [];
let names = 0;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  front = await openWebFront(stores);
});

afterEach(async () => {
  for (const page of visits) await page.context().close();
  visits = [];
  expect(front.complaints.splice(0)).toEqual([]);
});

afterAll(async () => {
  await front.close();
  await closeStores();
});

async function visit(options: Parameters<WebFront['visit']>[0] = {}, path = '/staff'): Promise<Page> {
  const page = await front.visit({ viewport: WIDE_SCREEN, ...options }, path);
  visits.push(page);
  return page;
}

/** A member of the staff of this role, nobody else's. */
async function hire(role: StaffRole): Promise<string> {
  const username = `${role}.${(names += 1)}`;
  await ensureAdmin(stores.sequelize, { username, password: PASSWORD, role, cost: CHEAP });
  return username;
}

/** @param path where they wanted to go */
async function logIn(role: StaffRole, options?: Parameters<WebFront['visit']>[0], path?: string): Promise<Page> {
  const page = await visit(options, path);
  await submitLogin(page, await hire(role));
  await page.locator('h1').waitFor();
  return page;
}

async function submitLogin(page: Page, username: string): Promise<void> {
  await page.locator('input').nth(0).fill(username);
  await page.locator('input').nth(1).fill(PASSWORD);
  await page.locator('form button[type=submit]').click();
  await page.locator('.side').waitFor();
}

/** Changes the address by hand. Until the view of that place is drawn. */
async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    addEventListener('hashchange', () => setTimeout(resolve), { once: true });
    location.hash = ${JSON.stringify(`#/${place}`)};
  })`);
}

/** Until the view has all that it asked for. */
async function isLoaded(page: Page): Promise<void> {
  await eventually(
    () => page.locator('main .placeholder').allTextContents(),
    (texts) => !texts.some((text) => /^(Loading…|加载中…)$/.test(text)),
  );
}

async function newEvent(options: Parameters<WebFront['sale']['event']>[0] = {}) {
  const title = `Lamp no. ${String((names += 1)).padStart(3, '0')}`;
  return { id: await front.sale.event({ title, ...options }), title };
}

const button = (place: Page | Locator, name: string) => place.getByRole('button', { name, exact: true });
const dialogOf = (page: Page) => page.getByRole('dialog');

/** Presses a button that asks first, and says yes. */
async function change(page: Page, name: string, confirm: string): Promise<void> {
  await button(page, name).click();
  await button(dialogOf(page), confirm).click();
  await dialogOf(page).waitFor({ state: 'hidden' });
}

async function sees(place: Page | Locator, text: string | RegExp): Promise<void> {
  await place.getByText(text).first().waitFor();
}

/** As `<input type="datetime-local">` wants it, in the zone of this machine, which is the browser's. */
function localTime(ms: number): string {
  const zoneMs = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - zoneMs).toISOString().slice(0, 19);
}

describe('a role', () => {
  test('sees what it may do and nothing else: a viewer changes nothing, admins alone see the staff', async () => {
    const event = await newEvent();
    const viewer = await logIn('viewer');
    await viewer.getByRole('link', { name: event.title }).waitFor();
    expect(await viewer.getByRole('link', { name: 'New event' }).count()).toBe(0);
    expect(await viewer.getByRole('link', { name: 'Staff', exact: true }).count()).toBe(1);
    await goTo(viewer, `events/${event.id}`);
    await viewer.getByRole('heading', { level: 1, name: event.title }).waitFor();
    await sees(viewer, 'Available');
    expect(await viewer.locator('main .actions button').count()).toBe(0);
    for (const place of ['events/new', `events/${event.id}/edit`, 'users/new', 'staff']) {
      await goTo(viewer, place);
      await viewer.getByRole('heading', { name: 'There is no such page.' }).waitFor();
    }
    await goTo(viewer, 'limits');
    await sees(viewer, 'Requests per second of one user');
    expect(await viewer.getByRole('heading', { name: 'Change the limits' }).count()).toBe(0);

    const admin = await logIn('admin');
    await admin.getByRole('navigation').getByRole('link', { name: 'Staff' }).click();
    await admin.getByRole('heading', { level: 1, name: 'Staff' }).waitFor();
  });

  test('that was taken away meanwhile is refused by the service, in plain words, and its buttons go', async () => {
    const event = await newEvent();
    const page = await visit();
    const username = await hire('operator');
    await submitLogin(page, username);
    await goTo(page, `events/${event.id}`);
    await button(page, 'Pause').click();
    await stores.sequelize.query("UPDATE admins SET role = 'viewer' WHERE username = :username", {
      replacements: { username },
    });
    await button(dialogOf(page), 'Pause').click();
    await sees(dialogOf(page), 'Your role may not do this. Ask an admin.');
    await page.keyboard.press('Escape');
    await button(page, 'Pause').waitFor({ state: 'hidden' });
    expect((await front.sale.audit(event.id)).ok).toBe(true);
  });
});

describe('an operator', () => {
  test('makes an event with a rule, tries it on users, and runs the sale while a shopper watches', async () => {
    const [grownUp] = await front.sale.shoppers(1);
    const title = `Sneakers ${(names += 1)}`;
    const page = await logIn('operator');
    await page.getByRole('link', { name: 'New event' }).click();
    await button(page, 'Check and create…').click();
    await page.locator('[aria-invalid=true]:focus').waitFor();

    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Name of the new commodity').fill(`Sneaker ${names}`);
    await page.getByLabel('Price', { exact: true }).fill('9.99');
    await page.getByLabel('Quantity').fill('5');
    await page.getByLabel('Starts').fill(localTime(Date.now() - 60_000));
    await page.getByLabel('Ends').fill(localTime(Date.now() + 3_600_000));
    await button(page, 'Add').click();
    await page.getByLabel('Youngest age').fill('old');
    await button(page, 'Check and create…').click();
    await sees(page.locator('.rule-link .field-error'), /./);
    await page.getByLabel('Youngest age').fill('18');

    await page.getByLabel('Users').fill(`${grownUp!.userId}, 999999`);
    await button(page, 'Try').click();
    await sees(page, '1 of 2 may buy.');
    await sees(page, 'There is no user 999999.');

    await button(page, 'Check and create…').click();
    await sees(dialogOf(page), /sells at once/);
    await sees(dialogOf(page), /spikectl event create --title/);
    await button(dialogOf(page), 'Create the event').click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();

    const shop = await visit({}, '/');
    await shop.getByRole('link', { name: 'Create an account' }).click();
    await shop.getByRole('heading', { name: 'Create account' }).waitFor();
    await shop.getByLabel('Phone number').fill('+4917000990001');
    await shop.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await shop.getByRole('button', { name: 'Create account' }).click();
    const sale = shop.getByRole('article').filter({ hasText: title });
    await sees(sale, '5 of 5 left');

    await button(page, 'Restock').click();
    await page.getByLabel('Units to add').fill('3');
    await button(page, 'Preview').click();
    await sees(dialogOf(page), 'spikectl event restock');
    await button(dialogOf(page), 'Restock').click();
    await hears(page, 'There are 8 units now.');
    await sees(sale, '8 of 8 left');

    await change(page, 'Pause', 'Pause');
    await sees(page.locator('.page-title'), 'Paused');
    await sees(sale, 'Paused');
    await change(page, 'Resume', 'Resume');
    await sees(page.locator('.page-title'), 'Open');
    await change(page, 'Close', 'Close');
    await sees(page.locator('.page-title'), 'Closed');
    await sees(sale, /^(Closed|Ended)/);
  });

  test('tries a rule by what has been typed so far of an event that is not made yet', async () => {
    const [buyer] = await front.sale.shoppers(1);
    const page = await logIn('operator', {}, '/staff#/events/new');
    await page.getByLabel('Title').fill('Lamps to come');
    await page.getByLabel('Price', { exact: true }).fill('nine');
    await page.getByLabel('Add a condition').selectOption('expression');
    await button(page, 'Add').click();
    const condition = 'event.title == "Lamps to come" && event.priceCents < 1000';
    await page.getByLabel('Condition', { exact: true }).fill(condition);
    await page.getByLabel('Users').fill(buyer!.userId);
    await sees(
      page,
      /^spikectl rule check --user \d+ --rule '\[\{"name":"expression".* --title 'Lamps to come' --starts /,
    );
    await button(page, 'Try').click();
    await sees(page, '0 of 1 may buy.');
    await sees(page.locator('.tried'), /not known of the event yet: priceCents/);

    await page.getByLabel('Price', { exact: true }).fill('9.99');
    await button(page, 'Try').click();
    await sees(page, '1 of 1 may buy.');

    await page.getByLabel('Add a condition').selectOption('allowlist');
    await button(page, 'Add').click();
    await button(page, 'Try').click();
    await sees(page, '0 of 1 may buy.');
    await sees(page.locator('.tried'), /nobody is on the list of this event yet/);

    await page.getByLabel('Add a condition').selectOption('registeredBefore');
    await button(page, 'Add').click();
    await button(page, 'Try').click();
    await sees(page.locator('.failure'), /^The rule is not valid/);
    await sees(page.locator('.rule-link .field-error'), /./);
    await button(page, 'Remove: Registered before a time').click();
    await page.locator('.rule-link .field-error').waitFor({ state: 'hidden' });
  });

  test('changes a limit that holds for the next answers, and sees where each value comes from', async () => {
    const event = await newEvent();
    const [shopper] = await front.sale.shoppers(1);
    const page = await logIn('operator', {}, `/staff#/events/${event.id}/limits`);
    await page.getByLabel('Requests of one user at once').fill('1');
    await page.getByLabel('Requests per second of one user').fill('0.01');
    await change(page, 'Check and save…', 'Change the limits');
    const row = page.getByRole('row').filter({ hasText: 'userBurst' });
    await sees(row, 'this event');
    await eventually(
      () => front.sale.ticket(shopper!, event.id).catch(String),
      (answer) => answer.includes('429'),
    );
    await page.getByLabel('Requests of one user at once').fill('');
    await change(page, 'Check and save…', 'Change the limits');
    await sees(row, 'setting');
  });

  test('finds a dead letter by the audit, sends it again, and the audit says that every promise holds', async () => {
    const dead = await makeDeadOrder({ sale: front.sale, stores });
    const page = await logIn('operator', {}, `/staff#/events/${dead.eventId}/truth`);
    await sees(page, /^Not in order/);
    await button(page, 'Delete').waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: dead.orderId }).first().waitFor();
    await dead.mend();
    await goTo(page, `queues?event=${dead.eventId}`);
    await page.getByRole('link', { name: dead.orderId }).waitFor();
    await change(page, 'Send again…', 'Send again');
    await hears(page, 'letters with 1 orders were sent again');
    await front.sale.orderIn(dead.shopper, dead.orderId, 'ordered');
    await front.sale.auditAtRest(dead.eventId);
    await goTo(page, `events/${dead.eventId}/truth`);
    await sees(page, 'Every promise holds.');
    await button(page, 'See what would change').click();
    await sees(page, 'Redis is as a rebuild would make it.');

    await goTo(page, `orders/${dead.orderId}`);
    await button(page, 'Cancel…').click();
    await page.getByLabel('Reason').fill('asked by phone');
    await button(dialogOf(page), 'Cancel the order').click();
    await sees(page.locator('.page-title'), 'Cancelled');
    await sees(page, 'asked by phone');
  });

  test('blocks a user and lets them buy again, and the log says who did it', async () => {
    const [shopper] = await front.sale.shoppers(1);
    const page = await logIn('operator', {}, `/staff#/users/${shopper!.userId}`);
    await button(page, 'Block…').click();
    await page.getByLabel('Reason').fill('bought for resale');
    await sees(dialogOf(page), `spikectl user block ${shopper!.userId} --reason 'bought for resale'`);
    await button(dialogOf(page), 'Block the user').click();
    await sees(page.locator('.page-title'), 'blocked');
    await change(page, 'Unblock…', 'Unblock the user');
    await sees(page.locator('.page-title'), 'open');
    await goTo(page, `log?targetType=user&targetId=${shopper!.userId}`);
    await sees(page.getByRole('table'), 'user.unblock');
    await sees(page.getByRole('table'), 'user.block');
  });
});

describe('an admin', () => {
  test('makes a member of the staff, changes what they may do, and ends it', async () => {
    const page = await logIn('admin', {}, '/staff#/staff');
    const name = `olga.${(names += 1)}`;
    await page.getByLabel('User name').fill(name);
    await page.getByLabel('New password').fill(PASSWORD);
    await button(page, 'Create').click();
    const row = page.getByRole('row').filter({ hasText: name });
    await sees(row, 'Viewer');
    await page.getByRole('link', { name: 'Change your password' }).waitFor();
    await row.getByRole('button', { name: 'Change role' }).click();
    await dialogOf(page).getByLabel('Role').selectOption('operator');
    await button(dialogOf(page), 'Save').click();
    await sees(row, 'Operator');
    await row.getByRole('button', { name: 'Disable' }).click();
    await button(dialogOf(page), 'Disable').click();
    await sees(row, 'disabled');

    const olga = await visit();
    await olga.getByLabel('User name').fill(name);
    await olga.getByLabel('Password').fill(PASSWORD);
    await button(olga, 'Log in').click();
    await sees(olga.getByRole('alert'), 'This account is disabled. Ask an admin.');
  });
});

describe('a login', () => {
  test('that ends by itself is renewed by the password, and nothing that was typed is lost', async () => {
    const page = await visit({}, '/staff#/commodities');
    const username = await hire('operator');
    await submitLogin(page, username);
    await page.getByLabel('Name', { exact: true }).fill('half a name');
    await stores.sequelize.query('UPDATE admins SET password_changed_at = NOW(3) WHERE username = :username', {
      replacements: { username },
    });
    // A click from outside would meet the question for the password where the page has noticed by itself before.
    await button(page, 'Create').dispatchEvent('click');
    await dialogOf(page).getByLabel('Password').fill(PASSWORD);
    await button(dialogOf(page), 'Log in').click();
    await dialogOf(page).waitFor({ state: 'hidden' });
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('half a name');
    await button(page, 'Create').click();
    await hears(page, '“half a name” is made.');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Commodities' }).waitFor();
    await button(page, 'Log out').click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
  });
});

describe('the live view', () => {
  test('moves with the sale, says when its data grows old, and finds back by itself', async () => {
    const event = await newEvent({ quantity: 50 });
    const page = await logIn('viewer', {}, `/staff#/events/${event.id}`);
    await sees(page.locator('.live-strip'), /^Live/);
    const stock = page.getByRole('img', { name: /of 50 units$/ });
    await stock.waitFor();
    await page.getByRole('img', { name: /Available: now 50, from 50 to 50/ }).waitFor();
    for (const shopper of await front.sale.shoppers(3)) await front.sale.buy(shopper, event.id);
    await page.getByRole('img', { name: /^Sold 3, Pending 0, Available 47 of 50 units$/ }).waitFor();
    await sees(page.getByRole('row').filter({ hasText: /^Accepted3/ }), '3');
    await page.getByRole('img', { name: /Available: now 47, from 47 to 50/ }).waitFor();

    await page.context().setOffline(true);
    await sees(page.getByRole('status'), 'Connection lost; connecting again by itself.');
    await page.context().setOffline(false);
    await page.locator('.live-strip.fresh').waitFor();
  });
});

describe('the page', () => {
  test('shows hostile text as text, wherever it was typed', async () => {
    const [shopper] = await front.sale.shoppers(1);
    await stores.sequelize.query('UPDATE users SET name = :name, work_status = :status WHERE id = :id', {
      replacements: { name: HOSTILE.slice(0, 90), status: '<b>bold</b>', id: shopper!.userId },
    });
    const page = await logIn('operator', {}, '/staff#/commodities');
    await page.getByLabel('Name', { exact: true }).fill(HOSTILE);
    await page.getByLabel('Description (optional)').fill(HOSTILE);
    await button(page, 'Create').click();
    await page.getByRole('cell', { name: HOSTILE }).first().waitFor();

    await goTo(page, 'events/new');
    await page.getByLabel('Title').fill(HOSTILE);
    await page.getByLabel('Commodity', { exact: true }).selectOption({ label: await firstCommodity(page) });
    await page.getByLabel('Price', { exact: true }).fill('1');
    await page.getByLabel('Quantity').fill('1');
    await page.getByLabel('Key').fill('<script>');
    await page.getByLabel('Add a condition').selectOption('expression');
    await button(page, 'Add').click();
    await page.getByLabel('Condition', { exact: true }).fill('<script>alert(3)</script>');
    await page.getByLabel('Users').fill(HOSTILE);
    await button(page, 'Try').click();
    await sees(page, /^Neither ids nor phone numbers/);
    await button(page, 'Check and create…').click();
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel('Key').fill('');
    await page.getByLabel('Condition', { exact: true }).fill('user.workStatus != "<b>"');
    await page.getByLabel('Reason that the others are told').fill('<i>no</i>');
    await button(page, 'Check and create…').click();
    await button(dialogOf(page), 'Create the event').click();
    await page.getByRole('heading', { level: 1, name: HOSTILE, exact: true }).waitFor();
    await button(page, 'Delete').click();
    await sees(dialogOf(page), `Delete “${HOSTILE}”?`);
    await page.keyboard.press('Escape');

    const places = ['users', `users/${shopper!.userId}`, 'events', 'log', `users?phone=${HOSTILE}`, 'orders/<b>x'];
    for (const place of places) {
      await goTo(page, place);
      await page.locator('h1').waitFor();
      await isLoaded(page);
      expect(await page.locator('main :is(img, script, b, i)').count()).toBe(0);
    }
    await goTo(page, 'orders');
    await page.locator('.filters input').first().waitFor();
    for (const field of await page.locator('.filters input').all()) await field.fill(HOSTILE);
    await button(page, 'Open').click();
    await page.getByRole('alert').waitFor();
  });

  test('can be used by keyboard alone, and the focus is where the eyes are', async () => {
    const event = await newEvent();
    const page = await visit();
    const username = await hire('operator');
    await page.getByLabel('User name').and(page.locator(':focus')).waitFor();
    await page.keyboard.type(username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sale events' }).and(page.locator(':focus')).waitFor();
    await page.getByRole('link', { name: event.title }).waitFor();
    await tabTo(page, event.title);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: event.title }).and(page.locator(':focus')).waitFor();
    await tabTo(page, 'Pause');
    await page.keyboard.press('Enter');
    await dialogOf(page).locator(':focus').waitFor();
    await tabTo(page, 'Pause');
    await page.keyboard.press('Enter');
    await sees(page.locator('.page-title'), 'Paused');
  });

  test.each([
    ['light', 'en-GB', PHONE_SCREEN],
    ['dark', 'zh-CN', WIDE_SCREEN],
  ] as const)(
    'is accessible as far as axe can tell (%s, %s, %o), and fits its screen',
    async (scheme, locale, screen) => {
      const event = await newEvent({ quantity: 3, rule: [{ name: 'base', rule: { age: { min: 18 } } }] });
      const [buyer] = await front.sale.shoppers(1);
      const { orderId } = (await front.sale.buy(buyer!, event.id)).body as { orderId: string };
      await front.sale.orderIn(buyer!, orderId, 'ordered');
      const page = await visit({ viewport: screen, colorScheme: scheme, locale, reducedMotion: 'reduce' });
      await expectAccessible(page);
      await submitLogin(page, await hire('admin'));
      expect(await page.evaluate('document.documentElement.lang')).toBe(locale === 'zh-CN' ? 'zh-CN' : 'en');
      const places = [
        'events',
        `events/${event.id}`,
        `events/${event.id}/rule`,
        `events/${event.id}/limits`,
        `events/${event.id}/truth`,
        `events/${event.id}/edit`,
        `orders/${orderId}`,
        ...(screen === PHONE_SCREEN
          ? ['events/new', 'orders', 'system']
          : ['users', 'log', 'staff', 'queues', 'commodities']),
      ];
      for (const place of places) {
        await goTo(page, place);
        await isLoaded(page);
        await expectAccessible(page);
      }
      await goTo(page, `orders/${orderId}`);
      await page.locator('main .button.danger').click();
      await dialogOf(page).waitFor();
      await expectAccessible(page);
    },
  );

  test('speaks the language of the browser, and the one that is chosen by hand', async () => {
    const page = await visit({ locale: 'zh-CN' });
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await button(page, 'English').click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await button(page, '中文').click();
    await page.getByRole('heading', { name: '登录' }).waitFor();
  });

  test.each(['/staff', '/staff/'])(
    'is served at %s under a policy that runs and loads nothing but its own files',
    async (path) => {
      const answer = await fetch(`${front.url}${path}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('/staff/app.js');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
    },
  );
});

/** The option that the hostile commodity has; a select shows the text of its options, without what marks a line. */
async function firstCommodity(page: Page): Promise<string> {
  const options = page.getByLabel('Commodity', { exact: true }).locator('option', { hasText: 'onerror' });
  await options.first().waitFor({ state: 'attached' });
  return (await options.first().textContent())!;
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate<string>('document.activeElement.textContent')) === name) return;
  }
  throw new Error(`the tab key does not lead to ${name}`);
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join()))`,
  );
  expect(violations).toEqual([]);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect({ at: page.url(), overflow }).toEqual({ at: page.url(), overflow: 0 });
}
