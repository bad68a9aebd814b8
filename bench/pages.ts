import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Koa from 'koa';
import type { BrowserContext } from 'playwright-core';
import { exampleShopEvent } from '../src/http/openapi/examples.js';
import { createServePage } from '../src/services/user/servePage.js';
import { openBrowser } from '../test/helpers/openBrowser.js';
import { buildWeb } from '../web/build.js';
import type { Note } from './commandLine.js';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
/** As Chromium's tools mean it by "Slow 4G": 1.44 Mbit/s down, 0.675 up, and more than half a second for each way there and back. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };
/** A cheap phone beside the machine that this runs on. */
const CPU_SLOWDOWN = 4;
const SCRIPT_GOAL = '<= 100.0 kB';
const EVENTS = 10;
const LOGIN = { phone: '+491701234567', token: 'token', renewAtMs: Number.MAX_SAFE_INTEGER };

/** What somebody looks at first, and what has to be there before it can be used. */
const visits = [
  { what: 'shop, the login form', url: '/', usable: 'input[name=phone]', isLoggedIn: false },
  { what: 'shop, logged in, ten sales', url: '/', usable: '.ticket .buy:not([aria-disabled])', isLoggedIn: true },
  { what: 'staff, the login form', url: '/staff', usable: 'input', isLoggedIn: false },
] as const;

type Visit = (typeof visits)[number];

/**
 * What the pages weigh, and how long they take on a slow phone with a slow line: the median of some first visits, and of visits
 * after which the browser had to ask only whether anything has changed. The services' own time is not in it: the answers to the
 * page are made up.
 */
export async function measurePages(note: Note, say: (text: string) => void): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-bench-pages-'));
  say('building the pages …');
  await buildWeb({ outDir: folder });
  const answer = createApp(folder).callback();
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await openBrowser();
  try {
    for (const file of ['index.html', 'style.css', 'app.js', 'staff/index.html', 'staff/style.css', 'staff/app.js']) {
      const [plain, gzip, brotli] = await Promise.all(
        ['', '.gz', '.br'].map((end) => bytesOf(`${folder}/${file}${end}`)),
      );
      note(file, `${kB(plain!)}, gzip ${kB(gzip!)}, br ${kB(brotli!)}`, file.endsWith('.js') ? SCRIPT_GOAL : '');
    }
    for (const visit of visits) {
      say(`${visit.what} …`);
      const runs: { first: Look; again: Look }[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
        if (visit.isLoggedIn)
          await context.addInitScript(`localStorage.setItem('spike.login', '${JSON.stringify(LOGIN)}')`);
        runs.push({ first: await look(context, origin, visit), again: await look(context, origin, visit) });
        await context.close();
      }
      for (const which of ['first', 'again'] as const) {
        const [paint, usable] = (['paintMs', 'usableMs'] as const).map((time) =>
          median(runs.map((run) => run[which][time])),
        );
        const what = which === 'first' ? visit.what : '  again';
        note(what, `first paint ${paint!.toFixed(0)} ms, usable ${usable!.toFixed(0)} ms`);
      }
    }
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  }
}

/** The pages as the user service sends them, and answers that do not change. */
function createApp(folder: string): Koa {
  const events = Array.from({ length: EVENTS }, (_, index) => ({
    ...exampleShopEvent,
    id: String(index + 1),
    state: 'open',
    startsAt: new Date(Date.now() - 60_000).toISOString(),
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
  }));
  const answers: Readonly<Record<string, () => object>> = {
    '/users/spike/all': () => ({ events, next: null, serverTime: new Date().toISOString() }),
    '/order/all': () => ({ orders: [], next: null }),
  };
  const app = new Koa();
  app.use(async (ctx, next) => {
    const answer = ctx.path.startsWith('/users/spike/access/')
      ? () => ({ eligible: true, reason: null })
      : answers[ctx.path];
    if (answer === undefined) await next();
    else ctx.body = { status: 'success', ...answer() };
  });
  app.use(createServePage(folder));
  return app;
}

interface Look {
  paintMs: number;
  usableMs: number;
}

async function look(context: BrowserContext, origin: string, { url, usable }: Visit): Promise<Look> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.addInitScript(`(function look() {
    if (document.querySelector(${JSON.stringify(usable)}) === null) requestAnimationFrame(look);
    else window.usableMs = performance.now();
  })()`);
  await page.goto(`${origin}${url}`);
  await page.locator(usable).first().waitFor({ state: 'attached' });
  const paintMs = await page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
  const usableMs = await page.evaluate<number>('new Promise((seen) => requestAnimationFrame(() => seen(usableMs)))');
  await page.close();
  return { paintMs, usableMs };
}

async function bytesOf(file: string): Promise<number> {
  return (await readFile(file)).length;
}

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
