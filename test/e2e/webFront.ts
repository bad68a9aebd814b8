import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { createIngress } from '../../src/daemon/ingress/createIngress.js';
import { createLog } from '../../src/http/createLog.js';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { createOrderService } from '../../src/services/order/createOrderService.js';
import { createSpikeService } from '../../src/services/spike/createSpikeService.js';
import { createUserService } from '../../src/services/user/createUserService.js';
import { buildWeb } from '../../web/build.js';
import { openBrowser } from '../helpers/openBrowser.js';
import { openSale, type Sale } from '../helpers/openSale.js';
import type { TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

/** Two busy cores: a page that is slow is not wrong. */
const PATIENCE_MS = 60_000;
/** So short that every longer test sees its login renewed. */
const TOKEN_LIFETIME_SECONDS = 8;

/** Runs in the page, before its own script. */
const REPORT_VIOLATIONS = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  console.error('policy: ' + violatedDirective + ' ' + blockedURI);
})`;

/** Runs there, too: what a live region has said stays with it, however shortly it could be read. */
const REMEMBER_SAID = `new MutationObserver(() => {
  for (const { textContent, dataset } of document.querySelectorAll('[role=status], [role=alert]')) {
    const said = dataset.said ?? '';
    if (textContent !== '' && !said.includes(textContent)) dataset.said = said + textContent + ' ';
  }
}).observe(document, { childList: true, characterData: true, subtree: true })`;

/** The shop as shoppers meet it: the page and all public routes under one origin, and browsers that look at it. */
export interface WebFront {
  url: string;
  sale: Sale;
  /** A browser of its own, with nothing remembered, on the shop or on another page. */
  visit(options?: BrowserContextOptions, path?: string): Promise<Page>;
  /** What pages have said that they should not: script errors, policy violations, requests to elsewhere. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openWebFront(stores: TestStores): Promise<WebFront> {
  const pageFolder = await mkdtemp(path.join(tmpdir(), 'spike-web-'));
  await buildWeb({ outDir: pageFolder });
  const { services, targets, config } = await serveAll(stores, pageFolder);
  const ingress = createIngress({ targets, log: createLog({ service: 'ingress', level: 'silent' }) });
  const server = createServer(ingress.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sale = await openSale(stores, { spike: targets.spike, order: targets.order }, config);
  const browser = await openBrowser();
  const complaints: string[] = [];

  return {
    url,
    sale,
    complaints,
    async visit(options = {}, path = '/') {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      context.setDefaultTimeout(PATIENCE_MS);
      await context.addInitScript(REPORT_VIOLATIONS);
      await context.addInitScript(REMEMBER_SAID);
      const page = await context.newPage();
      watch(page, url, complaints);
      await page.goto(`${url}${path}`);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
      server.closeAllConnections();
      ingress.close();
      await sale.close();
      for (const service of services) await service.stop();
      await rm(pageFolder, { recursive: true });
    },
  };
}

/** Waits until a live region there has said it; by now it may say something else, as what is said for some seconds only. */
export async function hears(place: Page | Locator, text: string): Promise<void> {
  await place
    .locator(`[data-said*=${JSON.stringify(text)}]`)
    .first()
    .waitFor({ state: 'attached' });
}

async function serveAll(stores: TestStores, pageFolder: string) {
  const access = await serve(createAccessService, testConfig(stores));
  const config = testConfig(stores, {
    accessUrl: access.url,
    addressBurst: 10_000,
    expireIntervalMs: 100,
    tokenLifetimeSeconds: TOKEN_LIFETIME_SECONDS,
  });
  const user = await serve((context) => createUserService(context, pageFolder), config);
  const order = await serve(createOrderService, config);
  const spike = await serve(createSpikeService, config);
  const admin = await serve(createAdminService, config);
  const services: Served[] = [spike, order, user, admin, access];
  const targets = { access: access.url, user: user.url, order: order.url, spike: spike.url, admin: admin.url };
  return { services, targets, config };
}

function watch(page: Page, url: string, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) complaints.push(`request to ${request.url()}`);
  });
  page.on('console', (message) => {
    // The browser reports every refusal and every cut line as an error; the page is there to deal with them.
    const isAnswer = message.text().startsWith('Failed to load resource');
    const isPolicy = message.text().startsWith('policy: ');
    if (message.type() === 'error' && !isAnswer) complaints.push(`${isPolicy ? '' : 'console: '}${message.text()}`);
  });
}
