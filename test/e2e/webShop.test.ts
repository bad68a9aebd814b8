import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { hears, openWebFront, type WebFront } from './webFront.js';
import {
  buttonOf,
  countPurchases,
  createShoppers,
  hold,
  holdStock,
  openButtonOf,
  orderOf,
  PASSWORD,
  PHONE_SCREEN,
  saleOf,
  sees,
  type Shoppers,
} from './webShoppers.js';

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
let steer: Shoppers['steer'];
let startSoon: Shoppers['startSoon'];
let orderStates: Shoppers['orderStates'];
let unitsSold: Shoppers['unitsSold'];
let leave: Shoppers['leave'];

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  front = await openWebFront(stores);
  const shoppers = createShoppers(front, stores);
  ({ visit, openRegistration, register, newPhone, newShopper } = shoppers);
  ({ newEvent, steer, startSoon, orderStates, unitsSold, leave } = shoppers);
});

afterEach(() => leave());

afterAll(async () => {
  await front.close();
  await closeStores();
});

describe('the last unit', () => {
  test('goes to one shopper, the other is told that it is sold out, and gets it when it is cancelled', async () => {
    const event = await newEvent({ quantity: 1 });
    const [ann, ben] = [await newShopper(), await newShopper({ viewport: PHONE_SCREEN })];
    await buttonOf(ben, event).waitFor();
    const releaseStock = await holdStock(ben);

    await buttonOf(ann, event).click();
    await sees(saleOf(ann, event), /You got it!/);
    await buttonOf(ben, event).click();
    await hears(saleOf(ben, event), 'Sold out: others were faster. Nothing was bought.');
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
    await buttonOf(page, event).dblclick();
    await sees(saleOf(page, event), /You got it!/);
    expect(await unitsSold(event)).toBe(1);
    expect(purchases()).toBe(1);
  });

  test('is made by a double click of which the first half is answered before the second comes', async () => {
    const event = await newEvent({ purchaseLimit: 3 });
    const page = await newShopper();
    const purchases = countPurchases(page, event);
    await buttonOf(page, event).waitFor();
    // In the very moment of the answer, which no click from outside can hit.
    await page.evaluate(`
      const button = [...document.querySelectorAll('article')]
        .find(({ textContent }) => textContent.includes('${event.title}'))
        .querySelector('button');
      window.secondClicks = 0;
      const observer = new MutationObserver(() => {
        if (button.hasAttribute('aria-busy')) return;
        observer.disconnect();
        window.secondClicks += 1;
        button.click();
      });
      button.click();
      observer.observe(button, { attributeFilter: ['aria-busy'] });
    `);
    await sees(saleOf(page, event), /You got it!/);
    expect(await page.evaluate('window.secondClicks')).toBe(1);
    expect(await unitsSold(event)).toBe(1);
    expect(purchases()).toBe(1);
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
    const event = await newEvent({ limits: { userBurst: 1, userRatePerSecond: 0.3 } });
    const page = await newShopper();
    const purchases = countPurchases(page, event);
    await buttonOf(page, event).click();
    await hears(saleOf(page, event), 'Too fast: the shop wants a short pause');
    await sees(saleOf(page, event), /You got it!/);
    expect(purchases()).toBeGreaterThan(1);
    expect(purchases()).toBeLessThan(4);
  });
});

describe('a purchase without a ticket yet', () => {
  test('survives a reload: the shopper has asked for it', async () => {
    const event = await newEvent({ purchaseLimit: 3 });
    const page = await newShopper();
    let tickets = 0;
    const asked = new Promise<void>((resolve) => {
      void page.route(`**/spike/${event.id}`, (route) => {
        tickets += 1;
        // The first never comes back: the page is gone before.
        return tickets > 1 ? route.continue() : resolve();
      });
    });
    await buttonOf(page, event).click();
    await asked;
    await page.reload();
    await sees(saleOf(page, event), /You got it!/);
    expect(await unitsSold(event)).toBe(1);
  });

  test('is not begun again by a reload much later', async () => {
    const event = await newEvent({ purchaseLimit: 3 });
    const page = await newShopper();
    await page.route(`**/spike/${event.id}`, () => undefined);
    await buttonOf(page, event).click();
    await page.evaluate(`
      const notes = JSON.parse(sessionStorage.getItem('spike.unfinished'));
      for (const purchase of Object.values(notes.purchases)) purchase.askedAtMs -= 60_000;
      sessionStorage.setItem('spike.unfinished', JSON.stringify(notes));
    `);
    await page.reload();
    await sees(saleOf(page, event), 'Your purchase was interrupted. Nothing was bought.');
    expect(await unitsSold(event)).toBe(0);
  });

  test('is not begun again by a page that was opened with the notes of another one', async () => {
    const event = await newEvent({ purchaseLimit: 3 });
    const page = await newShopper();
    await page.route(`**/spike/${event.id}`, () => undefined);
    await buttonOf(page, event).click();
    await page.goto(`${front.url}/?copy`);
    await sees(saleOf(page, event), 'Your purchase was interrupted. Nothing was bought.');
    expect(await unitsSold(event)).toBe(0);
  });
});

describe('two tabs', () => {
  test('of one shopper buy no more than one may have, and each says what it knows', async () => {
    const event = await newEvent();
    const one = await newShopper();
    const other = await one.context().newPage();
    await other.goto(front.url);
    await Promise.all([one, other].map((page) => buttonOf(page, event).waitFor()));
    // Neither is answered before both have asked: what one has bought the other shows at once, and sells nothing any more.
    const tickets = await Promise.all([one, other].map((page) => hold(page, `**/spike/${event.id}`)));
    await Promise.all([one, other].map((page) => buttonOf(page, event).click()));
    for (const { isAsked } of tickets) await isAsked;
    await Promise.all(tickets.map(({ release }) => release()));
    for (const page of [one, other]) await sees(saleOf(page, event), /You got it!|You already have it\./);
    expect(await unitsSold(event)).toBe(1);

    await orderOf(one, event).getByRole('button', { name: 'Pay 9.99' }).click();
    await sees(orderOf(one, event), 'Paid. Thank you.');
    await orderOf(other, event).getByText('Paid', { exact: true }).waitFor();
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
    const page = await visit();
    await page.addInitScript(`
      const now = performance.now.bind(performance);
      window.passedMs = 0;
      performance.now = () => now() + window.passedMs;
    `);
    await page.reload();
    await register(page);
    const event = await newEvent({ startsAtMs: Date.now() + 600_000 });
    await sees(saleOf(page, event), 'Starts in');
    expect(await buttonOf(page, event).textContent()).toBe('Not yet');
    // The shop says nothing more until it has started: what opens it here is the time that passes.
    const releaseStock = await holdStock(page);
    await startSoon(event);
    await page.evaluate('window.passedMs = 600_000');
    await openButtonOf(page, event).click();
    await sees(saleOf(page, event), /You got it!/);
    await releaseStock();
  });

  test('that is paused says so, sells nothing, and goes on by itself', async () => {
    const event = await newEvent();
    const page = await newShopper();
    await buttonOf(page, event).waitFor();
    const releaseStock = await holdStock(page);
    await steer(event, 'pause');
    await buttonOf(page, event).click();
    await hears(saleOf(page, event), 'The shop has paused this sale. Nothing was bought.');
    await releaseStock();
    await sees(saleOf(page, event), 'It goes on here by itself.');

    await steer(event, 'resume');
    await openButtonOf(page, event).click();
    await sees(saleOf(page, event), /You got it!/);
  });

  test('shows what staff do to its stock while shoppers look on', async () => {
    const event = await newEvent({ quantity: 1 });
    const page = await newShopper();
    await sees(saleOf(page, event), '1 of 1 left');
    await steer(event, 'restock', { by: 9 });
    await sees(saleOf(page, event), '10 of 10 left');
    await steer(event, 'pause');
    await sees(saleOf(page, event), 'It goes on here by itself.');
    await steer(event, 'restock', { by: -7 });
    await sees(saleOf(page, event), '3 of 3 left');
    await steer(event, 'resume');
    await openButtonOf(page, event).click();
    await sees(saleOf(page, event), /You got it!/);
    await sees(saleOf(page, event), '2 of 3 left');
  });

  test.each([
    ['ahead', 600_000],
    ['behind', -600_000],
  ])('starts by the clock of the shop for someone whose clock is ten minutes %s', async (_where, offMs) => {
    const page = await visit();
    await page.addInitScript(`
      const now = Date.now.bind(Date);
      Date.now = () => now() + ${offMs};
    `);
    await page.reload();
    await register(page);
    // Minutes off are far from ten.
    const event = await newEvent({ startsAtMs: Date.now() + 1_800_000, endsAtMs: Date.now() + 3_600_000 });
    await sees(saleOf(page, event), /^(2[5-9]:\d\d|30:00)$/);
    await startSoon(event);
    await openButtonOf(page, event).click();
    await sees(saleOf(page, event), /You got it!/);
    await sees(saleOf(page, event), /^Ends in (5[5-9]:\d\d|1:00:00)/);
    await sees(orderOf(page, event), /^1[0-5]:\d\d left to pay/);
  });

  test('that ends while it is looked at stays in sight and says so', async () => {
    const page = await newShopper();
    // Once it is over the page can't learn of it any more.
    const event = await newEvent({ endsAtMs: Date.now() + 20_000 });
    await sees(saleOf(page, event), /^Ends in/);
    await sees(saleOf(page, event), /^Ended/);
    await page.waitForResponse(
      async (response) => response.url().includes('/users/spike/all') && !(await response.text()).includes(event.title),
    );
    // It asks one question at a time: the next one comes when the page has taken that answer.
    await page.waitForRequest(/users.spike.all/);
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
    const event = await newEvent({ quantity: 1, paymentWindowSeconds: 15 });
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
    const openLogin = async () => {
      await page.getByRole('link', { name: 'Log in' }).click();
      await page.getByRole('heading', { name: 'Log in' }).waitFor();
    };
    await openRegistration(page);
    await logIn('short');
    await page.locator('input:invalid:focus').waitFor();
    await logIn(PASSWORD);
    await page.getByRole('button', { name: 'Log out' }).click();

    await logIn('not this one');
    await sees(page.getByRole('alert'), 'The phone number or the password is wrong.');
    await openRegistration(page);
    await logIn(PASSWORD);
    await sees(page.locator('form'), 'There is an account with this number. Log in instead.');
    await openLogin();
    await logIn(PASSWORD);
    await page.getByRole('button', { name: 'Log out' }).waitFor();
  });
});

describe('a lost connection', () => {
  test('is said, keeps a purchase going, and is found again by itself', async () => {
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
});
