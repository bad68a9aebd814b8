import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { FireReport } from '../../src/loadtest/report.js';
import { eventually } from '../helpers/eventually.js';
import { openSale, type Sale } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { createCli, type Cli } from '../helpers/runCli.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';
import { openBrowser } from '../helpers/openBrowser.js';

jest.setTimeout(300_000);

let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;
let sale: Sale;
let terminal: Cli;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  system = await startSystem({ stores, under: 'children' });
  const urls = { spike: system.urls.spike, order: system.urls.order };
  sale = await openSale(stores, urls, { userJwtSecret: system.local.secrets.userJwtSecret });
  terminal = await createCli();
});

afterAll(async () => {
  await terminal.remove();
  await sale.close();
  await system.stop();
  await closeStores();
});

/** Fires with --json as the operator; the exit code comes with the report. */
async function fire(eventId: string, ...args: string[]): Promise<{ code: number | null; report: FireReport }> {
  const { code, stdout, stderr } = await system.cli(['fire', eventId, ...args, '--json']);
  if (!stdout.startsWith('{')) throw new Error(`fire ended with ${code}: ${stdout}${stderr}`);
  expect(stderr).toBe('');
  return { code, report: JSON.parse(stdout) as FireReport };
}

function verdictOn(report: FireReport, expression: string) {
  return report.thresholds.find((threshold) => threshold.expression === expression);
}

function sum(report: FireReport): number {
  return Object.values(report.outcomes).reduce((total: number, count: number) => total + count, 0);
}

describe('fire', () => {
  test('with 500 buyers of 20 requests each on 100 units has 100 accepted, all of them stored, and ends with 0', async () => {
    const eventId = await sale.event({ quantity: 100 });
    const fired = await fire(eventId, '--users', '500', '--requests', '20', '--threshold', 'orders==100');
    expect(fired.code).toBe(0);
    expect(fired.report).toMatchObject({
      users: 500,
      requests: 10_000,
      outcomes: { error: 0, overloaded: 0, notEligible: 0 },
      unanswered: 0,
      durable: { orders: 100, convergeMs: expect.any(Number), ordersPerSecond: expect.any(Number) },
      audit: { ok: true, available: 0, pending: 0, sold: 100 },
      latencyMs: {
        p50: expect.any(Number),
        p90: expect.any(Number),
        p99: expect.any(Number),
        p999: expect.any(Number),
      },
      ok: true,
      machine: { cores: expect.any(Number), node: expect.stringMatching(/^v/), stores: expect.any(Array) },
      tool: { toolIsBottleneck: expect.any(Boolean) },
    });
    const { outcomes, series } = fired.report;
    expect(outcomes.accepted + outcomes.pending).toBe(100);
    expect(sum(fired.report)).toBe(10_000);
    expect(series.reduce((total, second) => total + second.outcomes.soldOut, 0)).toBe(outcomes.soldOut);
  });

  test('says in a pipe how it goes on, and the verdict at its end', async () => {
    const eventId = await sale.event({ quantity: 5 });
    const run = await system.cli(['fire', eventId, '--users', '20', '--requests', '2', '--threshold', 'accepted<5']);
    expect(run.code).toBe(99);
    expect(run.stdout).toMatch(/^✗ accepted<5 {2}\(5\)$/m);
    expect(run.stdout).toMatch(/^✓ oversold, lost, duplicates, /m);
    expect(run.stdout).toContain('Audit: 5 = 0 available + 0 pending + 5 sold');
    expect(run.stderr).toContain('20 test buyers are logged in');
    expect(run.stderr).not.toContain('\u001B');
  });

  test('plays forgers, sharers, the impatient, those who pay and those who cancel, and finds nothing wrong', async () => {
    const eventId = await sale.event({ quantity: 30 });
    const mix = ['forge=10', 'share=10', 'impatient=20', 'pay=20', 'cancel=20', 'retry'];
    const behaviours = mix.flatMap((one) => ['--behaviour', one]);
    const { code, report } = await fire(eventId, '--users', '100', '--requests', '6', ...behaviours);
    expect({ code, violations: report.violations }).toEqual({
      code: 0,
      violations: Object.fromEntries(Object.keys(report.violations).map((kind) => [kind, []])),
    });
    // 10 forgers and 10 sharers, six times each.
    expect(report.outcomes.notEligible).toBe(120);
    expect(report.audit).toMatchObject({ ok: true, quantity: 30 });
  });

  test('at a rate sends what is due, and counts the ramp', async () => {
    const eventId = await sale.event({ quantity: 10 });
    const rate = ['--rate', '100', '--duration', '2s', '--ramp', '1s', '--users', '50'];
    const { code, report } = await fire(eventId, ...rate);
    expect(code).toBe(0);
    expect(report.requests).toBe(150);
    expect(report.plan).toMatchObject({ model: 'open', ratePerSecond: 100, durationSeconds: 2, rampSeconds: 1 });
    // No answer comes before its request is due, and half of what is due in a full second is due in that of the ramp.
    const inRamp = report.series.filter(({ second }) => second === 0);
    const answers = inRamp.flatMap(({ outcomes }) => Object.values(outcomes));
    expect(answers.reduce((total: number, count: number) => total + count, 0)).toBeLessThanOrEqual(51);
  });

  test('waits for an event that has not started only when told to', async () => {
    const later = await sale.event({ startsAtMs: Date.now() + 600_000 });
    const refused = await system.cli(['fire', later, '--users', '5']);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--wait') });
    const eventId = await sale.event({ quantity: 3, startsAtMs: Date.now() + 8_000 });
    const { code, report } = await fire(eventId, '--users', '5', '--requests', '2', '--wait');
    expect({ code, orders: report.durable.orders }).toEqual({ code: 0, orders: 3 });
  });

  test('writes JUnit and one page with plots that asks nothing of any network', async () => {
    const eventId = await sale.event({ title: 'Lamps & <co>', quantity: 3 });
    const [junit, html] = ['junit.xml', 'fire.html'].map((name) => path.join(system.home, name)) as [string, string];
    const run = await system.cli([
      ...['fire', eventId, '--users', '10', '--requests', '2'],
      ...['--threshold', 'accepted==4', '--junit', junit, '--html', html],
    ]);
    expect(run.code).toBe(99);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toContain('failures="1"');
    expect(xml).toContain('<testcase name="oversold==0" classname="fire"/>');
    expect(xml).toContain('<failure message="accepted==4 is not so: it is 3">');
    expect(xml).toContain('Lamps &amp; &lt;co&gt;');
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`file://${html}`);
      expect(asked).toEqual([`file://${html}`]);
      expect(await page.textContent('.verdict')).toContain('A threshold is missed');
      expect(await page.locator('svg').count()).toBe(4);
      expect(await page.locator('svg rect').count()).toBeGreaterThan(0);
      expect(await page.textContent('h1')).toContain('Lamps & <co>');
    } finally {
      await browser.close();
    }
  });
});

describe('fire catches', () => {
  test('an oversell: Redis has more units than the event', async () => {
    const eventId = await sale.event({ quantity: 10 });
    await stores.redis.hset(`${stores.redisKeyPrefix}:{event:${eventId}}:event`, 'available', 15);
    const { code, report } = await fire(eventId, '--users', '30', '--requests', '1', '--converge', '3s');
    expect(code).toBe(99);
    expect(verdictOn(report, 'oversold==0')).toMatchObject({ ok: false, value: 5 });
    expect(report.audit).toMatchObject({ ok: false, oversold: 5 });
  });

  test('a lost order: the buyer was told yes, and no store has it', async () => {
    const eventId = await sale.event({ quantity: 50 });
    const firing = fire(eventId, '--users', '20', '--rate', '20', '--duration', '5s');
    const orderId = await eventually(
      () => anOrderOf(eventId),
      (id) => id !== undefined,
    );
    await stores.sequelize.query('DELETE FROM orders WHERE id = ?', { replacements: [orderId!] });
    await stores.redis.hdel(`${stores.redisKeyPrefix}:{event:${eventId}}:pending`, orderId!);
    const { code, report } = await firing;
    expect(code).toBe(99);
    expect(verdictOn(report, 'lost==0')).toMatchObject({ ok: false, value: 1 });
    expect(report.violations.lost).toEqual([orderId]);
  });

  test('a duplicate: a second order for the same ticket', async () => {
    const eventId = await sale.event({ quantity: 50 });
    const firing = fire(eventId, '--users', '20', '--rate', '20', '--duration', '5s');
    const orderId = await eventually(
      () => anOrderOf(eventId),
      (id) => id !== undefined,
    );
    await stores.sequelize.query(
      `INSERT INTO orders
         (id, event_id, user_id, quantity, price_cents, state, sequence, ticket_id, reserved_at, ordered_at, pay_before)
       SELECT ?, event_id, user_id, quantity, price_cents, state, sequence + 100000, ticket_id, reserved_at, ordered_at, pay_before
         FROM orders
        WHERE id = ?`,
      { replacements: [`${eventId}-01ARZ3NDEKTSV4RRFFQ69G5FAV`, orderId!] },
    );
    const { code, report } = await firing;
    expect(code).toBe(99);
    expect(verdictOn(report, 'duplicates==0')).toMatchObject({ ok: false });
    expect(report.violations.duplicates.length).toBeGreaterThan(0);
  });
});

describe('fire that is interrupted', () => {
  test('stops sending, and still reports what came, as JSON too, with 130', async () => {
    const eventId = await sale.event({ quantity: 20 });
    const running = terminal.start(['fire', eventId, '--users', '50', '--rate', '50', '--duration', '60s', '--json'], {
      env: { ...system.operatorEnvironment },
    });
    await eventually(
      async () => (await sale.audit(eventId)).sold,
      (sold) => sold >= 20,
    );
    running.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    const report = JSON.parse(stdout) as FireReport;
    expect(report).toMatchObject({ interrupted: true, durable: { orders: 20 }, audit: { ok: true } });
    expect(report.requests).toBeLessThan(3_000);
  });

  test('before it has sent anything is cancelled like every command', async () => {
    const eventId = await sale.event({ quantity: 20, startsAtMs: Date.now() + 600_000 });
    const running = terminal.start(['fire', eventId, '--users', '5', '--wait'], {
      env: { ...system.operatorEnvironment },
    });
    await running.printed('Waiting for event');
    running.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130, stdout: '' });
  });
});

describe('fire refuses', () => {
  test.each([
    [['999999'], 'event list'],
    [['lamps'], 'event list'],
    [['EVENT', '--users', '0'], '--users'],
    [['EVENT', '--requests', '-1'], '--requests'],
    [['EVENT', '--rate', '0'], '--rate'],
    [['EVENT', '--duration', 'soon'], '90s'],
    [['EVENT', '--threshold', 'p99<<250'], "'p99<250'"],
    [['EVENT', '--threshold', 'overSold==0'], 'oversold'],
    [['EVENT', '--behaviour', 'inpatient'], 'impatient'],
    [['EVENT', '--url', 'http://example.com'], 'example.com is not the host'],
    [['EVENT', '--url', 'lamps'], 'not an http URL'],
    [['EVENT', '--usres', '5'], '--users'],
  ])('%j with 2, and says what to type', async (args, hint) => {
    const eventId = await sale.event();
    const typed = ['fire', ...args.map((arg) => (arg === 'EVENT' ? eventId : arg))];
    expect(await system.cli(typed)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(hint) });
    const json = await system.cli([...typed, '--json']);
    expect(json.json()).toMatchObject({ error: { exit: 2, suggestions: expect.any(Array) } });
    expect((await sale.audit(eventId)).sold).toBe(0);
  });

  test('an event that is over, and one that is paused', async () => {
    const ended = await sale.event({ startsAtMs: Date.now() - 10_000, endsAtMs: Date.now() - 5_000 });
    expect(await system.cli(['fire', ended])).toMatchObject({ code: 2, stderr: expect.stringContaining('is ended') });
    const paused = await sale.event({ quantity: 4 });
    expect((await system.cli(['event', 'pause', paused])).code).toBe(0);
    expect(await system.cli(['fire', paused])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('event resume'),
    });
  });

  test('nothing in a dry run, which only says what it would send', async () => {
    const eventId = await sale.event();
    const run = await system.cli(['fire', eventId, '--dry-run', '--json', '--html', path.join(system.home, 'no.html')]);
    expect(run.code).toBe(0);
    expect(run.json()).toMatchObject({ dryRun: true, requestsMax: 10_000, users: 500 });
    expect((await sale.audit(eventId)).sold).toBe(0);
    expect(existsSync(path.join(system.home, 'no.html'))).toBe(false);
  });
});

async function anOrderOf(eventId: string): Promise<string | undefined> {
  const [rows] = (await stores.sequelize.query('SELECT id FROM orders WHERE event_id = ? LIMIT 1', {
    replacements: [eventId],
  })) as unknown as [{ id: string }[]];
  return rows[0]?.id;
}
