import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { createCli, type Cli, type CliRun } from '../helpers/runCli.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

jest.setTimeout(240_000);

const PASSWORD = 'correct horse battery';
/** Cheap hashes: these tests are not about them. */
const cost = { logN: 10, r: 8, p: 1 };

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
let operator: Cli;

beforeAll(async () => {
  operator = await createCli();
  ({ stores, close: closeStores } = await openStores());
  admin = await serve(createAdminService, testConfig(stores));
  await ensureAdmin(stores.sequelize, { username: 'olga', password: PASSWORD, role: 'operator', cost });
  await ensureAdmin(stores.sequelize, { username: 'vera', password: PASSWORD, role: 'viewer', cost });
  expect((await login(operator, 'olga')).code).toBe(0);
});

afterAll(async () => {
  await operator.remove();
  await admin.stop();
  await closeStores();
});

function login(cli: Cli, username: string, password = PASSWORD): Promise<CliRun> {
  const args = ['login', '--url', admin.url, '--username', username, '--password-stdin', '--json'];
  return cli.run(args, { input: `${password}\n` });
}

/** Runs a command that must succeed, and returns its document. */
async function done(args: string[]) {
  const run = await operator.run([...args, '--json']);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return run.json();
}

async function createEvent(flags: string[] = []): Promise<{ id: string; [field: string]: unknown }> {
  const name = `Lamp ${Math.random()}`;
  await done(['commodity', 'create', name]);
  return done(['event', 'create', '--title', name, '--commodity', name, '--price', '9.99', '--stock', '100', ...flags]);
}

describe('login', () => {
  test('keeps a token for this deployment, shows it nowhere, and logout forgets it', async () => {
    const cli = await createCli();
    try {
      const run = await login(cli, 'vera');
      expect(run.json()).toEqual({
        context: 'local',
        url: admin.url,
        username: 'vera',
        role: 'viewer',
        expiresAt: expect.any(String),
      });
      const shown = await cli.run(['context', 'show']);
      expect(shown.stdout).toContain('vera');
      expect(shown.stdout).not.toContain('eyJ');
      expect(await cli.run(['event', 'list', '--json'])).toMatchObject({ code: 0 });
      expect(await cli.run(['logout'])).toMatchObject({ code: 0 });
      expect(await cli.run(['event', 'list'])).toMatchObject({ code: 4 });
    } finally {
      await cli.remove();
    }
  });

  test('with a wrong password ends with 4 and keeps the login there was', async () => {
    const run = await login(operator, 'olga', 'wrong');
    expect(run.code).toBe(4);
    expect(run.json()).toMatchObject({ error: { code: 'BAD_CREDENTIALS', exit: 4 } });
    expect(await operator.run(['event', 'list'])).toMatchObject({ code: 0 });
  });

  test('a token that is about to expire is exchanged for a new one on the way', async () => {
    const file = path.join(operator.configDirectory, 'contexts.json');
    const before = JSON.parse(await readFile(file, 'utf8'));
    const soon = new Date(Date.now() + 60_000).toISOString();
    before.contexts.local.tokenExpiresAt = soon;
    await writeFile(file, JSON.stringify(before), { mode: 0o600 });
    expect(await operator.run(['event', 'list'])).toMatchObject({ code: 0 });
    const { local } = JSON.parse(await readFile(file, 'utf8')).contexts;
    expect(local).toMatchObject({ url: admin.url, username: 'olga', token: expect.any(String) });
    expect(Date.parse(local.tokenExpiresAt)).toBeGreaterThan(Date.parse(soon));
  });

  test('a pipeline needs no login: address and token come from the environment', async () => {
    const { token } = (await (
      await fetch(`${admin.url}/admin/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'vera', password: PASSWORD }),
      })
    ).json()) as { token: string };
    const cli = await createCli();
    const env = { SPIKE_URL: admin.url, SPIKE_TOKEN: token };
    try {
      expect(await cli.run(['queue', 'list', '--json'], { env })).toMatchObject({ code: 0 });
      const forged = { ...env, SPIKE_TOKEN: `${token}x` };
      const refused = await cli.run(['queue', 'list', '--json'], { env: forged });
      expect(refused.code).toBe(4);
      expect(refused.json()).toMatchObject({ error: { exit: 4, suggestions: ['spikectl login'] } });
    } finally {
      await cli.remove();
    }
  });

  test('who may only look is told so, and nothing changes', async () => {
    const event = await createEvent();
    const viewer = await createCli();
    try {
      await login(viewer, 'vera');
      const run = await viewer.run(['event', 'pause', event.id, '--json']);
      expect(run.code).toBe(4);
      expect(run.json()).toMatchObject({ error: { code: 'FORBIDDEN', exit: 4 } });
      expect(await done(['event', 'show', event.id])).toMatchObject({ state: 'open' });
    } finally {
      await viewer.remove();
    }
  });
});

describe('events', () => {
  test('are created with all that was typed', async () => {
    const rule = [{ name: 'base', rule: { age: { min: 18 } } }];
    const event = await createEvent(['--limit', '2', '--rule', JSON.stringify(rule), '--payment-window', '1h']);
    expect(event).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      state: 'open',
      priceCents: 999,
      quantity: 100,
      available: 100,
      pending: 0,
      sold: 0,
      purchaseLimit: 2,
      rule,
      paymentWindowSeconds: 3_600,
      limits: expect.objectContaining({ queueFactor: expect.any(Number) }),
    });
    expect(Date.parse(event.endsAt as string) - Date.parse(event.startsAt as string)).toBe(3_600_000);
    expect(await done(['event', 'show', event.id])).toMatchObject({ id: event.id, outcomes: { accepted: 0 } });
  });

  test('print their id alone on stdout, for the next command in a script', async () => {
    await done(['commodity', 'create', 'Bulb']);
    const args = ['event', 'create', '--title', 'Bulbs', '--commodity', 'bulb', '--price', '1', '--stock', '5'];
    const run = await operator.run([...args, '--starts', '+10m']);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^\d+\n$/);
    expect(run.stderr).toContain(`spikectl event show ${run.stdout.trim()}`);
    expect(await done(['event', 'show', run.stdout.trim()])).toMatchObject({ state: 'scheduled' });
  });

  test('with an unknown commodity are refused with the nearest one', async () => {
    await done(['commodity', 'create', 'Teapot']);
    const args = ['event', 'create', '--title', 'x', '--commodity', 'Teapto', '--price', '1', '--stock', '5', '--json'];
    const run = await operator.run(args);
    expect(run.code).toBe(2);
    expect(run.json()).toMatchObject({
      error: { code: 'USAGE', suggestions: expect.arrayContaining(['Did you mean Teapot?']) },
    });
  });

  test('with a rule that no filter understands are refused with the place of the fault', async () => {
    const file = path.join(operator.configDirectory, 'rule.json');
    await writeFile(file, '[{"name":"base","rule":{"age":{"min":"old"}}}]');
    await done(['commodity', 'create', 'Wine']);
    const args = ['event', 'create', '--title', 'x', '--commodity', 'Wine', '--price', '1', '--stock', '5'];
    const run = await operator.run([...args, '--rule', file, '--json']);
    expect(run.code).toBe(2);
    expect(run.json()).toMatchObject({ error: { code: 'BAD_RULE', message: expect.stringContaining('age') } });
  });

  test('pause, resume, and go when they have no orders and the operator says yes', async () => {
    const { id } = await createEvent();
    expect(await done(['event', 'pause', id])).toMatchObject({ id, state: 'paused' });
    expect(await done(['event', 'resume', id])).toMatchObject({ id, state: 'open' });
    const unasked = await operator.run(['event', 'delete', id]);
    expect(unasked).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--yes') });
    expect(await done(['event', 'delete', id, '--yes'])).toMatchObject({ id, deleted: true });
    const gone = await operator.run(['event', 'show', id, '--json']);
    expect(gone.code).toBe(1);
    expect(gone.json()).toMatchObject({ error: { code: 'NOT_FOUND', exit: 1 } });
  });

  test('are listed as a table, as CSV and as JSON, all of them or some', async () => {
    const { id } = await createEvent();
    const table = await operator.run(['event', 'list']);
    expect(table.stdout.split('\n')[0]).toMatch(/^ID\s+TITLE\s+STATE\s+PRICE\s+QUANTITY\s+AVAILABLE/);
    expect(table.stdout).toContain('9.99');
    const csv = await operator.run(['event', 'list', '--csv', '--columns', 'id,sold', '--filter', `id=${id}`]);
    expect(csv.stdout).toBe(`id,sold\n${id},0\n`);
    expect(await done(['event', 'list', '--filter', `id=${id}`])).toEqual([expect.objectContaining({ id })]);
    const cut = await operator.run(['event', 'list', '--limit', '1', '--json']);
    expect(cut.json()).toHaveLength(1);
    expect(cut.stderr).toContain('There are more');
    const empty = await operator.run(['event', 'list', '--filter', 'id=0']);
    expect(empty).toMatchObject({ code: 0, stdout: '' });
  });
});

describe('orders, queues and the audit', () => {
  test('queues are listed as scripts rely on', async () => {
    const queues = await done(['queue', 'list']);
    expect(queues.length).toBeGreaterThan(0);
    for (const queue of queues) {
      expect(queue).toEqual({
        name: expect.any(String),
        ready: expect.any(Number),
        unacked: expect.any(Number),
        consumers: expect.any(Number),
      });
    }
  });

  test('a sound event passes the audit', async () => {
    const { id } = await createEvent();
    const run = await operator.run(['audit', id]);
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toContain('100 = 100 available + 0 pending + 0 sold');
    expect(await done(['audit', id])).toEqual({
      ok: true,
      events: [
        expect.objectContaining({
          id,
          quantity: 100,
          available: 100,
          pending: 0,
          sold: 0,
          oversold: 0,
          duplicates: [],
          overLimit: [],
          lost: [],
          stuck: [],
          deadLettered: [],
          ok: true,
        }),
      ],
    });
  });

  test('an order that nobody reserved is listed, and found by the audit: exit code 3 with the whole answer', async () => {
    const { id } = await createEvent();
    const orderId = await insertOrder(id);
    expect(await done(['order', 'list', '--event', id])).toEqual([
      expect.objectContaining({ id: orderId, eventId: id, state: 'ordered', quantity: 1 }),
    ]);
    expect(await done(['order', 'list', '--event', id, '--state', 'paid'])).toEqual([]);

    const run = await operator.run(['audit', id, '--json']);
    expect(run.code).toBe(3);
    expect(run.json()).toMatchObject({ ok: false, events: [{ id, ok: false }] });
    const all = await operator.run(['audit']);
    expect(all).toMatchObject({ code: 3 });
    expect(all.stdout).toContain(`✗ Event ${id}`);
  });
});

/** Puts an order into MySQL behind the back of Redis. */
async function insertOrder(eventId: string): Promise<string> {
  const { sequelize } = stores;
  const orderId = `${eventId}-01ARZ3NDEKTSV4RRFFQ69G5FAV`;
  const [userId] = await sequelize.query(
    "INSERT INTO users (phone, password_hash, created_at) VALUES (UUID_SHORT(), '-', NOW(3))",
  );
  await sequelize.query(
    `INSERT INTO orders (id, event_id, user_id, quantity, price_cents, state, sequence, ticket_id,
       reserved_at, ordered_at, pay_before)
     VALUES (?, ?, ?, 1, 999, 'ordered', 1, 'ticket', NOW(3), NOW(3), NOW(3) + INTERVAL 1 DAY)`,
    { replacements: [orderId, eventId, userId] },
  );
  return orderId;
}
