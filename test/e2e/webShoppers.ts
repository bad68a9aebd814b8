import { expect } from '@jest/globals';
import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { listOrders } from '../../src/stores/mysql/orders.js';
import type { NewSaleEvent } from '../../src/stores/mysql/saleEvents.js';
import { ask } from '../helpers/ask.js';
import type { TestStores } from '../helpers/openStores.js';
import type { WebFront } from './webFront.js';

export const PASSWORD = 'correct horse battery';
export const PHONE_SCREEN = { width: 390, height: 844 };
export const WIDE_SCREEN = { width: 1280, height: 800 };

/** Everything that holds text of others, if it is let: tags, quotes, a long word, characters of two units, Arabic, a forced direction. */
export const HOSTILE = `<img src=x onerror="alert(1)"><script>alert(2)</script> '"&amp; ${'W'.repeat(40)} 👩‍👩‍👧‍👦🔥 مرحبا \u202etxt.exe`;

type VisitOptions = Parameters<WebFront['visit']>[0];

export type Shoppers = ReturnType<typeof createShoppers>;

/** Shoppers in browsers of their own, the sales that they come for, and what they see. */
export function createShoppers(front: WebFront, stores: TestStores) {
  let visits: Page[] = [];
  let phones = 0;
  let titles = 0;

  return {
    visit,
    openRegistration,
    register,
    newPhone,
    /** Someone who has just made an account by the form, on the page of sales. */
    async newShopper(options?: VisitOptions): Promise<Page> {
      const page = await visit(options);
      await register(page);
      return page;
    },
    async newEvent({ title: beginning = 'Lamp', ...options }: Partial<NewSaleEvent> = {}) {
      // Of one length, so that no title is part of another.
      const title = `${beginning} no. ${String((titles += 1)).padStart(3, '0')}`;
      return { id: await front.sale.event({ ...options, title }), title };
    },
    /** What staff do to an event: `pause`, `resume`, `restock`. */
    async steer({ id }: { id: string }, verb: string, body?: unknown): Promise<void> {
      const answer = await ask('POST', `${front.url}/admin/spike/${id}/${verb}`, { token: await logInStaff(), body });
      expect(answer.status).toBe(200);
    },
    /** Staff move its start to the next moment. A sale that waits for this is not open before a test is ready for it. */
    async startSoon({ id }: { id: string }): Promise<void> {
      const body = { startsAt: new Date(Date.now() + 1_000).toISOString() };
      const answer = await ask('PUT', `${front.url}/admin/spike/${id}`, { token: await logInStaff(), body });
      expect(answer.status).toBe(200);
    },
    async orderStates({ id: eventId }: { id: string }): Promise<string[]> {
      return (await listOrders(stores.sequelize, { eventId, limit: 100 })).map(({ state }) => state).sort();
    },
    /** When nothing is on its way any more; by then the audit has found no fault. */
    async unitsSold({ id }: { id: string }): Promise<number> {
      const audit = await front.sale.auditAtRest(id);
      expect(audit).toMatchObject({ ok: true, pending: 0 });
      return audit.sold;
    },
    /** All go home; nobody's page has complained. */
    async leave(): Promise<void> {
      for (const page of visits) await page.context().close();
      visits = [];
      expect(front.complaints.splice(0)).toEqual([]);
    },
  };

  async function visit(options: VisitOptions = { viewport: WIDE_SCREEN }, path?: string): Promise<Page> {
    const page = await front.visit(options, path);
    visits.push(page);
    return page;
  }

  /** The form takes the place of the one for logging in, which has fields of the same names, only after the click. */
  async function openRegistration(page: Page): Promise<void> {
    await page.locator('a[href="#/register"]').click();
    await page.locator('input[name=workStatus]').waitFor();
  }

  /** In whatever language: by the names of the fields. */
  async function register(page: Page): Promise<void> {
    await openRegistration(page);
    await page.locator('input[name=phone]').fill(newPhone());
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('button[type=submit]').click();
    await page.locator('.shop').waitFor();
  }

  function newPhone(): string {
    return `+4917000${String((phones += 1)).padStart(5, '0')}`;
  }

  async function logInStaff(): Promise<string> {
    const staff = { username: 'operator.of.the.shop', password: PASSWORD };
    await ensureAdmin(stores.sequelize, { ...staff, role: 'operator', cost: { logN: 4, r: 8, p: 1 } });
    const { body } = await ask('POST', `${front.url}/admin/login`, { body: staff });
    return (body as { token: string }).token;
  }
}

export const saleOf = (page: Page, { title }: { title: string }): Locator =>
  page.getByRole('article').filter({ hasText: title });

export const buttonOf = (page: Page, event: { title: string }): Locator => saleOf(page, event).locator('button');

/** The button while it can be pressed. */
export const openButtonOf = (page: Page, event: { title: string }): Locator =>
  saleOf(page, event).locator('button:not([aria-disabled])');

export const orderOf = (page: Page, { title }: { title: string }): Locator =>
  page.locator('.orders').getByRole('listitem').filter({ hasText: title });

export async function sees(place: Locator, text: string | RegExp): Promise<void> {
  await place.getByText(text).first().waitFor();
}

/** Purchases (not tickets) that the page sends for an event. */
export function countPurchases(page: Page, { id }: { id: string }): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname.startsWith(`/spike/${id}/`)) count += 1;
  });
  return () => count;
}

/** The page goes on seeing what it has seen, as one does whose connection is slow. @returns ends that */
export async function holdStock(page: Page): Promise<() => Promise<void>> {
  const { isAsked, release } = await hold(page, '**/users/spike/all?*');
  // It asks one question at a time: with this one held, none is under way that was asked before.
  await isAsked;
  return release;
}

/** What the page asks for there waits for its answer. */
export async function hold(page: Page, url: string): Promise<{ isAsked: Promise<void>; release(): Promise<void> }> {
  let noteAsked = (): void => undefined;
  let letGo = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (noteAsked = resolve));
  const isReleased = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(url, async (route) => {
    noteAsked();
    await isReleased;
    await route.continue();
  });
  const release = async () => {
    letGo();
    await page.unrouteAll({ behavior: 'wait' });
  };
  return { isAsked, release };
}

/** What axe finds in the light scheme and, of contrasts, in the dark one; and what does not fit. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  expect(await violations(page, '{}')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, '{ runOnly: ["color-contrast"] }')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await expectFits(page);
}

function violations(page: Page, options: string): Promise<unknown> {
  return page.evaluate(
    `axe.run(${options}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join()))`,
  );
}

export async function expectFits(page: Page): Promise<void> {
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(overflow).toBe(0);
}
