import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import type { NewSaleEvent } from '../../src/stores/mysql/saleEvents.js';
import { findSaleEvent, updateSaleEvent, type SaleEventChanges } from '../../src/stores/mysql/saleEvents.js';
import { updateEventFields } from '../../src/stores/redis/events.js';
import { listOrders } from '../../src/stores/mysql/orders.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { openWebFront, type WebFront } from './webFront.js';

const PASSWORD = 'correct horse battery';
const PHONE_SCREEN = { width: 390, height: 844 };
const WIDE_SCREEN = { width: 1280, height: 800 };

jest.setTimeout(120_000);

let stores: TestStores;
let closeStores: () => Promise<void>;
let front: WebFront;
let visits: Page[] = [];
let phones = 0;
let titles = 0;

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

async function visit(options: Parameters<WebFront['visit']>[0] = { viewport: WIDE_SCREEN }): Promise<Page> {
  const page = await front.visit(options);
  visits.push(page);
  return page;
}

/** Someone who has just made an account by the form, on the page of sales. */
async function newShopper(options?: Parameters<WebFront['visit']>[0]): Promise<Page> {
  const page = await visit(options);
  await register(page);
  return page;
}

async function register(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Phone number').fill(newPhone());
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
}

const newPhone = () => `+4917000${String((phones += 1)).padStart(5, '0')}`;

async function newEvent(options: Partial<NewSaleEvent> = {}): Promise<{ id: string; title: string }> {
  // Of one length, so that no title is part of another.
  const title = `${options.title ?? 'Lamp'} no. ${String((titles += 1)).padStart(3, '0')}`;
  return { id: await front.sale.event({ ...options, title }), title };
}

/** As the admin service does it: MySQL first, then Redis. */
async function changeEvent(id: string, changes: SaleEventChanges): Promise<void> {
  const event = await stores.sequelize.transaction(async (transaction) => {
    await updateSaleEvent(stores.sequelize, id, changes, transaction);
    return (await findSaleEvent(stores.sequelize, id, { transaction }))!;
  });
  await updateEventFields(front.sale.redis, event);
}

const saleOf = (page: Page, { title }: { title: string }) => page.getByRole('article').filter({ hasText: title });
const buttonOf = (page: Page, event: { title: string }) => saleOf(page, event).getByRole('button');
const orderOf = (page: Page, { title }: { title: string }) =>
  page.getByRole('region', { name: 'My orders' }).getByRole('listitem').filter({ hasText: title });

async function sees(place: Locator, text: string | RegExp): Promise<void> {
  await place.getByText(text).first().waitFor();
}

/** Purchases (not tickets) that the page sends for an event. */
function countPurchases(page: Page, { id }: { id: string }): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname.startsWith(`/spike/${id}/`)) count += 1;
  });
  return () => count;
}

/** The page goes on seeing what it has seen, as one does whose connection is slow. @returns ends that */
async function holdStock(page: Page): Promise<() => Promise<void>> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/users/spike/all?*', async (route) => {
    await released;
    await route.continue();
  });
  return async () => {
    release();
    await page.unrouteAll({ behavior: 'wait' });
  };
}

async function orderStates({ id: eventId }: { id: string }): Promise<string[]> {
  return (await listOrders(stores.sequelize, { eventId, limit: 100 })).map(({ state }) => state).sort();
}

/** When nothing is on its way any more; by then the audit has found no fault. */
async function unitsSold({ id }: { id: string }): Promise<number> {
  const audit = await front.sale.auditAtRest(id);
  expect(audit).toMatchObject({ ok: true, pending: 0 });
  return audit.sold;
}

describe('the last unit', () => {
  test('goes to one shopper, the other is told that it is sold out, and gets it when it is cancelled', async () => {
    const event = await newEvent({ quantity: 1 });
    const [ann, ben] = [await newShopper(), await newShopper({ viewport: PHONE_SCREEN })];
    await buttonOf(ben, event).waitFor();
    const releaseStock = await holdStock(ben);

    await buttonOf(ann, event).click();
    await sees(saleOf(ann, event), /You got it!/);
    await buttonOf(ben, event).click();
    await sees(saleOf(ben, event), 'Sold out: others were faster. Nothing was bought.');
    await releaseStock();
    await sees(saleOf(ben, event), '0 of 1 left');
    expect(await buttonOf(ben, event).textContent()).toBe('Sold out');

    await orderOf(ann, event).getByRole('button', { name: 'Cancel order' }).click();
    await orderOf(ann, event).getByRole('button', { name: 'Yes, cancel it' }).click();
    await sees(orderOf(ann, event), 'Cancelled. The unit is on sale again.');

    await buttonOf(ben, event)
      .and(ben.getByRole('button', { name: `Buy: ${event.title}`, disabled: false }))
      .click();
    await sees(saleOf(ben, event), /You got it!/);
    await ben
      .getByRole('link', { name: /^My orders/ })
      .first()
      .click();
    await orderOf(ben, event).getByRole('button', { name: 'Pay 9.99' }).click();
    await sees(orderOf(ben, event), 'Paid. Thank you.');

    expect(await orderStates(event)).toEqual(['cancelled', 'paid']);
    expect(await unitsSold(event)).toBe(1);
  });
});

describe('one purchase', () => {
  test('is made by a double click', async () => {
    const event = await newEvent({ purchaseLimit: 3 });
    const page = await newShopper();
    const purchases = countPurchases(page, event);
    // With this much time between the clicks, the first one may be answered before the second comes.
    await buttonOf(page, event).dblclick({ delay: 150 });
    await sees(saleOf(page, event), /You got it!/);
    expect(purchases()).toBe(1);
    expect(await unitsSold(event)).toBe(1);
  });

  test('is made when the answer is lost on its way: the page asks again with the same ticket', async () => {
    const event = await newEvent({ purchaseLimit: 3 });
    const page = await newShopper();
    const tickets: string[] = [];
    await page.route(`**/spike/${event.id}/*`, async (route) => {
      tickets.push(route.request().url());
      if (tickets.length > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await buttonOf(page, event).click();
    await sees(saleOf(page, event), /You got it!/);
    expect(new Set(tickets).size).toBe(1);
    expect(tickets).toHaveLength(2);
    expect(await unitsSold(event)).toBe(1);
  });

  test('survives a reload in the middle of it', async () => {
    const event = await newEvent({ purchaseLimit: 3 });
    const page = await newShopper();
    const tickets: string[] = [];
    const bought = new Promise<void>((resolve) => {
      void page.route(`**/spike/${event.id}/*`, async (route) => {
        tickets.push(route.request().url());
        if (tickets.length > 1) return route.continue();
        await route.fetch();
        // The answer never reaches the page: it is gone before.
        return resolve();
      });
    });
    await buttonOf(page, event).click();
    await bought;
    await page.reload();
    await sees(saleOf(page, event), /You got it!/);
    await orderOf(page, event).getByText('To be paid').waitFor();
    expect(new Set(tickets).size).toBe(1);
    expect(await unitsSold(event)).toBe(1);
  });

  test('waits as long as the shop asks for, and says so, when the shopper was too fast', async () => {
    // The ticket takes the bucket's only token: the purchase is refused with Retry-After once.
    const event = await newEvent({ limits: { userBurst: 1, userRatePerSecond: 0.5 } });
    const page = await newShopper();
    const purchases = countPurchases(page, event);
    await buttonOf(page, event).click();
    await sees(saleOf(page, event), /Too fast: the shop wants a short pause/);
    await sees(saleOf(page, event), /You got it!/);
    expect(purchases()).toBeGreaterThan(1);
    expect(purchases()).toBeLessThan(4);
  });
});

describe('a purchase that still waits', () => {
  test('does not go on in the name of whoever logs in next', async () => {
    const event = await newEvent({ limits: { userBurst: 1, userRatePerSecond: 0.15 } });
    const page = await newShopper();
    await buttonOf(page, event).click();
    await sees(saleOf(page, event), /Too fast/);
    const purchases = countPurchases(page, event);
    await page.getByRole('button', { name: 'Log out' }).click();
    await register(page);
    await buttonOf(page, event).waitFor();
    await page.waitForTimeout(8_000);
    expect(purchases()).toBe(0);
    expect(await unitsSold(event)).toBe(0);
  });
});

describe('a sale', () => {
  test('opens by the countdown, without a reload', async () => {
    const page = await newShopper();
    const event = await newEvent({ startsAtMs: Date.now() + 4_000 });
    await sees(saleOf(page, event), 'Starts in');
    expect(await buttonOf(page, event).textContent()).toBe('Not yet');
    await page.getByRole('button', { name: `Buy: ${event.title}`, disabled: false }).click();
    await sees(saleOf(page, event), /You got it!/);
  });

  test('that is paused says so, sells nothing, and goes on by itself', async () => {
    const event = await newEvent();
    const page = await newShopper();
    await buttonOf(page, event).waitFor();
    const releaseStock = await holdStock(page);
    await changeEvent(event.id, { paused: true });
    await buttonOf(page, event).click();
    await sees(saleOf(page, event), 'The shop has paused this sale. Nothing was bought.');
    await releaseStock();
    await sees(saleOf(page, event), 'It goes on here by itself.');

    await changeEvent(event.id, { paused: false });
    await page.getByRole('button', { name: `Buy: ${event.title}`, disabled: false }).click();
    await sees(saleOf(page, event), /You got it!/);
  });

  test('that ends while it is looked at stays in sight and says so', async () => {
    const page = await newShopper();
    const event = await newEvent({ endsAtMs: Date.now() + 6_000 });
    await sees(saleOf(page, event), /^Ends in/);
    await sees(saleOf(page, event), /^Ended/);
    // The shop has stopped listing it by now.
    await page.waitForResponse(/users.spike.all/);
    expect(await buttonOf(page, event).getAttribute('aria-disabled')).toBe('true');
  });

  test('that is not for the shopper says why before anything is pressed', async () => {
    const rule = [{ name: 'base', rule: { age: { min: 18 } } }];
    const event = await newEvent({ rule });
    const page = await newShopper();
    await sees(saleOf(page, event), "You can't buy in this sale: your date of birth is not known.");
    expect(await buttonOf(page, event).textContent()).toBe('Not for you');
  });

  test('has as many units to give as one person may have', async () => {
    const event = await newEvent({ purchaseLimit: 2 });
    const page = await newShopper();
    await page.getByRole('button', { name: `Buy: ${event.title}` }).click();
    await page.getByRole('button', { name: `Buy one more: ${event.title}`, disabled: false }).click();
    await page.getByRole('button', { name: `You have 2: ${event.title}` }).waitFor();
    expect(await unitsSold(event)).toBe(2);
  });
});

describe('an order', () => {
  test('that is not paid in time says so, and the sale takes the unit back', async () => {
    const event = await newEvent({ quantity: 1, paymentWindowSeconds: 6 });
    const page = await newShopper();
    await buttonOf(page, event).click();
    await sees(orderOf(page, event), /left to pay/);
    await sees(orderOf(page, event), 'Not paid in time');
    await page.getByRole('button', { name: `Buy: ${event.title}`, disabled: false }).waitFor();
  });

  test('is cancelled only after a second thought', async () => {
    const event = await newEvent();
    const page = await newShopper();
    await buttonOf(page, event).click();
    await orderOf(page, event).getByRole('button', { name: 'Cancel order' }).click();
    await page.keyboard.press('Escape');
    await orderOf(page, event).getByRole('button', { name: 'Cancel order' }).waitFor();
    expect(await orderStates(event)).toEqual(['ordered']);
  });
});

describe('a login', () => {
  test('outlives its token, the page and the tab, and ends when the shopper says so', async () => {
    const page = await newShopper();
    await page.waitForResponse((response) => response.url().endsWith('/users/auth/refresh_token') && response.ok());
    await page.reload();
    await page.getByRole('heading', { name: 'Sales', exact: true }).waitFor();
    const other = await page.context().newPage();
    await other.goto(front.url);
    await other.getByRole('button', { name: 'Log out' }).click();
    await other.getByRole('heading', { name: 'Log in' }).waitFor();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await page.evaluate('JSON.stringify(localStorage)')).toBe('{}');
  });

  test('needs the right password, and a phone number has one account', async () => {
    const page = await visit();
    const phone = newPhone();
    const logIn = async (password: string) => {
      await page.getByLabel('Phone number').fill(phone);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
    };
    await page.getByRole('link', { name: 'Create an account' }).click();
    await logIn('short');
    expect(await page.evaluate('document.activeElement.matches("input:invalid")')).toBe(true);
    await logIn(PASSWORD);
    await page.getByRole('button', { name: 'Log out' }).click();

    await logIn('not this one');
    await sees(page.getByRole('alert'), 'The phone number or the password is wrong.');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await logIn(PASSWORD);
    await sees(page.locator('form'), 'There is an account with this number. Log in instead.');
    await page.getByRole('link', { name: 'Log in' }).click();
    await logIn(PASSWORD);
    await page.getByRole('button', { name: 'Log out' }).waitFor();
  });
});

describe('the page', () => {
  test('shows hostile text as text', async () => {
    const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script> & "quotes" '</h3>`;
    const [commodityId] = await stores.sequelize.query(
      'INSERT INTO commodities (name, description, created_at, updated_at) VALUES (:name, :name, NOW(3), NOW(3))',
      { replacements: { name: `${hostile} name` } },
    );
    const event = await newEvent({ title: `${hostile} title`, commodityId: String(commodityId) });
    const page = await visit();
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Phone number').fill(newPhone());
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Name (optional)').fill(hostile);
    await page.getByLabel('Work status (optional)').fill('<b>me</b>');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { level: 3, name: event.title, exact: true }).first().waitFor();
    await buttonOf(page, event).click();
    await orderOf(page, event).waitFor();
    expect(await page.locator('main :is(img, script)').count()).toBe(0);
    expect(await saleOf(page, event).locator('.commodity').textContent()).toBe(`${hostile} name`);
  });

  test('says when the shop is out of reach, keeps a purchase going meanwhile, and finds back by itself', async () => {
    const event = await newEvent();
    const page = await newShopper();
    await buttonOf(page, event).waitFor();
    await page.context().setOffline(true);
    await sees(page.locator('body'), /^No connection to the shop\./);
    await buttonOf(page, event).click();
    await sees(saleOf(page, event), /^No answer yet\./);
    await page.context().setOffline(false);
    await sees(saleOf(page, event), /You got it!/);
    await page.getByText('No connection to the shop.').waitFor({ state: 'hidden' });
    expect(await unitsSold(event)).toBe(1);
  });

  test('is served under a policy that runs and loads nothing but its own files', async () => {
    const { headers } = await fetch(front.url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('can be used by keyboard alone, and says outcomes where screen readers listen', async () => {
    const event = await newEvent();
    const page = await newShopper();
    await buttonOf(page, event).waitFor();
    const focused = () => page.evaluate<string | null>('document.activeElement.getAttribute("aria-label")');
    for (let presses = 0; (await focused()) !== `Buy: ${event.title}`; presses += 1) {
      expect(presses).toBeLessThan(60);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await sees(saleOf(page, event).getByRole('status'), /You got it!/);
    expect(await focused()).toBe(`You have it: ${event.title}`);
  });

  test.each([
    ['light', PHONE_SCREEN],
    ['dark', WIDE_SCREEN],
  ] as const)('is accessible as far as axe can tell (%s, %o), and fits its screen', async (colorScheme, viewport) => {
    const soldOut = await newEvent({ quantity: 1, endsAtMs: Date.now() + 60_000 });
    const open = await newEvent({ title: `Open until a ${'very '.repeat(12)}${'long'.repeat(25)} time` });
    await newEvent({ startsAtMs: Date.now() + 60_000 });
    const page = await visit({ viewport, colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await expectAccessible(page);
    await page.context().close();

    const shopper = await newShopper({ viewport, colorScheme, reducedMotion: 'reduce' });
    await buttonOf(shopper, open).click();
    await sees(saleOf(shopper, open), /You got it!/);
    await buttonOf(shopper, soldOut).click();
    await sees(saleOf(shopper, soldOut), '0 of 1 left');
    await expectAccessible(shopper);
    await shopper.goto(`${front.url}/#/orders`);
    await orderOf(shopper, open).getByRole('button', { name: 'Cancel order' }).click();
    await expectAccessible(shopper);
  });
});

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join()))`,
  );
  expect(violations).toEqual([]);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(overflow).toBe(0);
}
