import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { eventually } from '../helpers/eventually.js';
import { openHouse, STAFF_PASSWORD, type House } from '../helpers/openHouse.js';
import { openTcpProxy } from '../helpers/openTcpProxy.js';
import { createCli, type Cli, type CliRun } from '../helpers/runCli.js';
import { serve } from '../helpers/serve.js';
import { CTRL_C } from '../helpers/terminal.js';
import { undoAll, type Undo } from '../helpers/undoAll.js';

const RULE = [{ name: 'base', rule: { age: { min: 18 } } }];

const opened: Undo[] = [];
let house: House;
let operator: Cli;
let viewer: Cli;

beforeAll(async () => {
  house = await openHouse();
  opened.push(() => house.close());
  [operator, viewer] = [await logIn('operator'), await logIn('viewer')];
  await done(['commodity', 'create', 'Lamp']);
});

afterAll(() => undoAll(opened));

async function logIn(username: string, url = house.urls.admin): Promise<Cli> {
  const cli = await createCli();
  opened.push(() => cli.remove());
  const args = ['login', '--url', url, '--username', username, '--password-stdin'];
  expect(await cli.run(args, { input: `${STAFF_PASSWORD}\n` })).toMatchObject({ code: 0 });
  return cli;
}

/** Runs a command that must succeed, and returns its document. */
async function done(args: string[], input = '') {
  const run = await operator.run([...args, '--json'], { input });
  expect({ args, ...run }).toMatchObject({ code: 0, stderr: '' });
  return run.json();
}

async function refused(args: string[], cli = operator): Promise<CliRun & { error: Record<string, unknown> }> {
  const run = await cli.run([...args, '--json']);
  expect(run.stderr).toBe('');
  const { error } = run.json();
  expect(error).toMatchObject({ exit: run.code, message: expect.any(String) });
  return { ...run, error };
}

async function createEvent(flags: string[] = [], stock = 100): Promise<{ id: string; key: string }> {
  const basics = ['--title', 'Lamps', '--commodity', 'Lamp', '--price', '19.99', '--stock', String(stock)];
  return done(['event', 'create', ...basics, ...flags]);
}

async function writeEvents(name: string, content: string): Promise<string> {
  const file = path.join(operator.configDirectory, name);
  await writeFile(file, content);
  return file;
}

describe('event update', () => {
  test('prints what is another value than before, and the audit log has the same', async () => {
    const { id } = await createEvent(['--starts', '+1h']);
    const run = await operator.run([
      'event',
      'update',
      id,
      '--title',
      'Brass lamps',
      '--price',
      '9.99',
      '--limit',
      '2',
    ]);
    expect(run.code).toBe(0);
    expect(run.stdout.split('\n')).toEqual([
      'title          Lamps → Brass lamps',
      'priceCents     19.99 → 9.99',
      'purchaseLimit  1 → 2',
      '',
    ]);
    expect(run.stderr).toContain(`Changed event ${id}`);
    expect(await house.lastRecord()).toMatchObject({
      actor: 'operator',
      action: 'event.change',
      targetId: id,
      before: { title: 'Lamps', priceCents: 1_999, purchaseLimit: 1 },
      after: { title: 'Brass lamps', priceCents: 999, purchaseLimit: 2 },
    });
  });

  test('with values that are there already says so and ends with 0', async () => {
    const { id } = await createEvent();
    const run = await operator.run(['event', 'update', id, '--title', 'Lamps']);
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toContain('as wanted already');
    expect(await done(['event', 'update', id, '--title', 'Lamps'])).toMatchObject({ id, changes: [], dryRun: false });
  });

  test('in a dry run says before and after, and changes nothing', async () => {
    const { id } = await createEvent();
    const args = ['event', 'update', id, '--rule', JSON.stringify(RULE), '--dry-run'];
    const run = await operator.run(args);
    expect(run.stdout).toBe('rule  none (everybody) → [{"name":"base","rule":{"age":{"min":18}}}]\n');
    expect(run.stderr).toContain('Nothing was changed');
    expect(await done(args)).toMatchObject({ dryRun: true, changes: [{ field: 'rule', before: [], after: RULE }] });
    expect(await done(['event', 'show', id])).toMatchObject({ rule: [], ruleVersion: 1 });
  });

  test('counts a relative end from the start, and gives the rule back to everybody', async () => {
    const { id } = await createEvent(['--rule', JSON.stringify(RULE)]);
    const event = await done(['event', 'update', id, '--ends', '+30m', '--no-rule']);
    expect(Date.parse(event.endsAt) - Date.parse(event.startsAt)).toBe(1_800_000);
    expect(event.rule).toEqual([]);
  });

  test('refuses what cannot be, with what to do instead', async () => {
    const { id } = await createEvent();
    expect(await refused(['event', 'update', id, '--price', '1'])).toMatchObject({
      code: 1,
      error: {
        code: 'EVENT_STATE',
        message: expect.stringContaining('has started'),
        suggestions: [expect.stringContaining(`spikectl event close ${id}`)],
      },
    });
    expect((await refused(['event', 'update', id, '--starts', '+1h'])).error).toMatchObject({
      suggestions: expect.arrayContaining([expect.stringContaining('pause')]),
    });
    expect(await refused(['event', 'update', id])).toMatchObject({ code: 2, error: { code: 'USAGE' } });
    expect(await refused(['event', 'update', id, '--ends', 'tomorrow'])).toMatchObject({ code: 2 });
    expect(await refused(['event', 'update', id, '--ends', '2020-01-01T00:00:00Z'])).toMatchObject({ code: 2 });
    expect(await refused(['event', 'update', id, '--price', '1', '--price-cents', '1'])).toMatchObject({ code: 2 });
    expect((await refused(['event', 'update', id, '--rule', '[{"name":"bse","rule":{}}]'])).error).toMatchObject({
      code: 'BAD_RULE',
      exit: 2,
    });
    expect(await refused(['event', 'update', '999999', '--title', 'x'])).toMatchObject({
      code: 1,
      error: { code: 'NOT_FOUND', suggestions: ['spikectl event list'] },
    });
  });
});

describe('pause, resume and close', () => {
  test('say when it was so already, and end with 0', async () => {
    const { id } = await createEvent();
    const first = await operator.run(['event', 'pause', id]);
    expect(first.stderr).toContain('is paused: nobody can buy');
    const again = await operator.run(['event', 'pause', id]);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('was paused already') });
    expect(await done(['event', 'resume', id])).toMatchObject({ state: 'open', changed: true });
    expect(await done(['event', 'resume', id])).toMatchObject({ state: 'open', changed: false });
  });

  test('closing asks, because it is for good; a second time there is nothing to ask', async () => {
    const { id } = await createEvent();
    expect(await refused(['event', 'close', id])).toMatchObject({
      code: 2,
      error: { message: expect.stringContaining('for good'), suggestions: [expect.stringContaining('--yes')] },
    });
    const terminal = operator.openTerminal(['event', 'close', id]);
    await terminal.until('for good?');
    terminal.type('n');
    expect(await terminal.ended()).toBe(130);
    expect(await done(['event', 'show', id])).toMatchObject({ state: 'open' });

    expect(await done(['event', 'close', id, '--yes'])).toMatchObject({ state: 'closed', changed: true });
    expect(await done(['event', 'close', id])).toMatchObject({ state: 'closed', changed: false });
    expect((await refused(['event', 'resume', id])).error).toMatchObject({
      code: 'EVENT_STATE',
      exit: 1,
      message: `Event ${id} is closed: there is nothing to resume.`,
    });
    expect((await refused(['event', 'update', id, '--title', 'x'])).error).toMatchObject({ code: 'EVENT_STATE' });
  });

  test('deleting can be tried first, and is refused for an event with orders', async () => {
    const { id } = await createEvent();
    expect(await done(['event', 'delete', id, '--dry-run'])).toMatchObject({ id, deleted: false, dryRun: true });
    const [shopper] = await house.sale.shoppers(1);
    expect((await house.sale.buy(shopper!, id)).status).toBe(200);
    for (const flag of ['--dry-run', '--yes'])
      expect(await refused(['event', 'delete', id, flag])).toMatchObject({
        code: 1,
        error: { code: 'EVENT_HAS_ORDERS', suggestions: expect.arrayContaining([`spikectl event close ${id}`]) },
      });
  });
});

describe('a viewer', () => {
  test('can look at everything and change nothing', async () => {
    const { id } = await createEvent();
    const before = await done(['event', 'show', id]);
    const file = await writeEvents('viewer.yaml', 'title: x\ncommodity: Lamp\npriceCents: 1\nquantity: 1\n');
    for (const args of [
      ['update', id, '--title', 'x'],
      ['pause', id],
      ['resume', id],
      ['close', id, '--yes'],
      ['delete', id, '--yes'],
      ['warm', id],
      ['create', '--from', file],
      ['create', '--title', 'x', '--commodity', 'Lamp', '--price', '1', '--stock', '1'],
    ])
      expect(await refused(['event', ...args], viewer)).toMatchObject({ code: 4, error: { code: 'FORBIDDEN' } });
    for (const args of [['show', id], ['list'], ['watch', id, '--until', 'drained']])
      expect(await viewer.run(['event', ...args, '--json'])).toMatchObject({ code: 0 });
    const { rates: _before, ...same } = before;
    expect(await done(['event', 'show', id])).toMatchObject(same);
  });
});

describe('event warm', () => {
  test('prints a line for each check and ends with 0 when all hold', async () => {
    const { id } = await createEvent();
    const run = await operator.run(['event', 'warm', id]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^✓ stock {4}100 = 100 available \+ 0 pending \+ 0 sold$/m);
    expect(run.stdout.match(/^✓ /gm)).toHaveLength(7);
    expect(run.stderr).toContain('is ready');
    expect(await done(['event', 'warm', id])).toMatchObject({
      ready: true,
      event: { id },
      checks: expect.arrayContaining([expect.objectContaining({ name: 'queue', ok: true, next: null })]),
    });
  });

  test('ends with 3 and says what to do when something is not ready', async () => {
    const { id } = await createEvent();
    await done(['event', 'close', id, '--yes']);
    const run = await operator.run(['event', 'warm', id]);
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(/^✗ window {3}closed/m);
    expect(run.stdout).toContain('spikectl event create --help');
    expect(run.stderr).toContain('is not ready');
    expect((await operator.run(['event', 'warm', id, '--json'])).json()).toMatchObject({ ready: false });
  });
});

describe('event show', () => {
  test('has the answers to purchases as shares and rates, and when it sold', async () => {
    const { id } = await createEvent([], 1);
    const [first, second] = await house.sale.shoppers(2);
    await house.sale.buy(first!, id);
    await house.sale.buy(second!, id);
    await eventually(
      () => done(['event', 'show', id]),
      ({ outcomes }) => outcomes.accepted + outcomes.soldOut === 2,
    );
    const { stdout } = await operator.run(['event', 'show', id]);
    expect(stdout).toMatch(/^ +TOTAL +SHARE +10 S +60 S$/m);
    expect(stdout).toMatch(/^accepted +1 +50\.0 % .*█{10}$/m);
    expect(stdout).toMatch(/^First sold +\d{4}-/m);
    const event = await done(['event', 'show', id]);
    expect(event).toMatchObject({
      key: expect.any(String),
      ownLimits: {},
      rates: [{ windowSeconds: 10 }, { windowSeconds: 60 }],
      times: { firstAcceptedAt: expect.any(String), lastAcceptedAt: expect.any(String) },
    });
  });
});

describe('event watch', () => {
  const soldOut = async (id: string) => {
    const [shopper] = await house.sale.shoppers(1);
    expect((await house.sale.buy(shopper!, id)).status).toBe(200);
  };

  test('prints a line for each change in a pipe, and ends with 0 when the condition has come', async () => {
    const { id } = await createEvent([], 1);
    const watching = operator.start(['event', 'watch', id, '--until', 'sold-out']);
    await watching.printed('1 of 1 available');
    await soldOut(id);
    const run = await watching.ended;
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^\d\d:\d\d:\d\dZ {2}open +1 of 1 available/);
    expect(run.stdout).toMatch(/open +0 of 1 available.*\n$/);
    expect(run.stdout).not.toContain('\u001B');
  });

  test('on a terminal writes over its line, and begins a new one when the state changes', async () => {
    const { id } = await createEvent();
    const watching = operator.openTerminal(['event', 'watch', id, '--until', 'closed']);
    await watching.until('open');
    await done(['event', 'pause', id]);
    await watching.until('paused');
    await done(['event', 'close', id, '--yes']);
    expect(await watching.ended()).toBe(0);
    const lines = watching.shown.trimEnd().split('\r\n');
    expect(lines.map((line) => /(open|paused|closed)/.exec(line.slice(line.lastIndexOf('\u001B[2K')))?.[1])).toEqual([
      'open',
      'paused',
      'closed',
    ]);
  });

  test('with --json prints one document at its end', async () => {
    const { id } = await createEvent([], 1);
    await soldOut(id);
    expect(await done(['event', 'watch', id, '--until', 'drained', '--timeout', '30s'])).toMatchObject({
      until: 'drained',
      event: { id, pending: 0 },
      samples: expect.arrayContaining([
        expect.objectContaining({ state: 'open', available: 0, at: expect.any(String) }),
      ]),
    });
    expect(await refused(['event', 'watch', id])).toMatchObject({ code: 2, error: { code: 'USAGE' } });
  });

  test('ends with 6 when the condition does not come in time', async () => {
    const { id } = await createEvent();
    expect(await refused(['event', 'watch', id, '--until', 'ended', '--timeout', '1s'])).toMatchObject({
      code: 6,
      error: { code: 'TIMED_OUT', message: expect.stringContaining('100 available') },
    });
    expect(await operator.run(['event', 'watch', id, '--timeout', '1s'])).toMatchObject({ code: 0 });
  });

  test('ends with 130 on Ctrl-C, with the terminal on a line of its own', async () => {
    const { id } = await createEvent();
    const watching = operator.openTerminal(['event', 'watch', id]);
    await watching.until('refused');
    watching.type(CTRL_C);
    expect(await watching.ended()).toBe(130);
    expect(watching.shown).toMatch(/refused(\^C)?[^\n]*\n[^\n]*$/);
    const piped = operator.start(['event', 'watch', id]);
    await piped.printed('available');
    piped.kill('SIGINT');
    expect((await piped.ended).code).toBe(130);
  });

  test('waits for a service that is away for a while, and ends when the event is gone', async () => {
    const { id } = await createEvent();
    const admin = await serve(createAdminService, house.config);
    const proxy = await openTcpProxy(admin.url);
    try {
      const behind = await logIn('operator', `http://127.0.0.1:${proxy.port}`);
      const watching = behind.start(['event', 'watch', id]);
      await watching.printed('available');
      await proxy.cut();
      await watching.printed('trying again');
      await proxy.mend();
      await watching.printed('answers again');
      await done(['event', 'delete', id, '--yes']);
      const run = await watching.ended;
      expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(`There is no event ${id}.`) });
    } finally {
      await proxy.cut();
      await admin.stop();
    }
  });

  test('refuses an unknown condition with the nearest one', async () => {
    const { id } = await createEvent();
    const { code, error } = await refused(['event', 'watch', id, '--until', 'soldout']);
    expect(code).toBe(2);
    expect(error.suggestions).toContain('Did you mean sold-out?');
  });
});

describe('events in files', () => {
  const lamps = (key: string, fields = '') =>
    `key: ${key}\ntitle: Lamps\ncommodity: lamp\npriceCents: 1999\nquantity: 100\nrule: ${JSON.stringify(RULE)}\nstartsAt: +1h\nendsAt: +2h\nlimits: {userBurst: 7}\n${fields}`;

  test('are made once, however often the file is imported', async () => {
    const file = await writeEvents('two.yaml', `${lamps('file-a')}---\n${lamps('file-b', 'purchaseLimit: 2\n')}`);
    const { events } = await done(['event', 'create', '--from', file]);
    expect(events).toEqual([
      expect.objectContaining({ action: 'created', key: 'file-a', ownLimits: { userBurst: 7 }, state: 'scheduled' }),
      expect.objectContaining({ action: 'created', key: 'file-b', purchaseLimit: 2, rule: RULE }),
    ]);
    const [first] = events;
    expect(Date.parse(first.endsAt) - Date.parse(first.startsAt)).toBe(7_200_000);
    const again = await done(['event', 'create', '--from', file]);
    expect(again.events.map(({ action, id }: Record<string, unknown>) => [action, id])).toEqual(
      events.map(({ id }: { id: string }) => ['unchanged', id]),
    );
    const text = await operator.run(['event', 'create', '--from', file]);
    expect(text.stdout).toBe(`${events[0].id}\n${events[1].id}\n`);
    expect(text.stderr).toContain('as wanted already');
  });

  test('that differ from the event of their key are refused by field, and update takes them', async () => {
    const { id } = await createEvent(['--key', 'drift', '--starts', '+1h']);
    const file = await writeEvents('drift.yaml', lamps('drift', 'purchaseLimit: 3\n').replace('1999', '999'));
    const { code, error } = await refused(['event', 'create', '--from', file]);
    expect(code).toBe(1);
    expect(error).toMatchObject({ code: 'EVENT_DIFFERS', suggestions: [`spikectl event update ${id} --from ${file}`] });
    for (const part of ['priceCents 19.99 → 9.99', 'purchaseLimit 1 → 3', 'rule ', 'limits '])
      expect(error.message).toContain(part);
    const { changes } = await done(['event', 'update', id, '--from', file]);
    expect(changes.map(({ field }: { field: string }) => field).sort()).toEqual([
      'endsAt',
      'limits',
      'priceCents',
      'purchaseLimit',
      'rule',
    ]);
    expect((await done(['event', 'create', '--from', file])).events[0]).toMatchObject({ action: 'unchanged', id });
    expect((await done(['event', 'update', id, '--from', file])).changes).toEqual([]);
  });

  test('are what another event is exported as', async () => {
    const { id } = await createEvent(['--rule', JSON.stringify(RULE), '--limit', '2', '--payment-window', '1h']);
    const { stdout: yaml } = await operator.run(['event', 'show', id, '--output', 'yaml']);
    expect(yaml).toContain('commodity: Lamp\n');
    const same = await done(['event', 'create', '--from', '-'], yaml);
    expect(same.events).toEqual([expect.objectContaining({ action: 'unchanged', id })]);
    const { stdout: json } = await operator.run(['event', 'show', id, '--output', 'json']);
    const copy = JSON.stringify({ ...JSON.parse(json), key: 'copied' });
    const { events } = await done(['event', 'create', '--from', '-'], copy);
    expect(events[0]).toMatchObject({ action: 'created', key: 'copied', rule: RULE, purchaseLimit: 2 });
    expect(events[0].id).not.toBe(id);
  });

  test('are all checked before the first is made, each fault with its place and the name that was meant', async () => {
    const before = (await done(['event', 'list', '--all'])).length;
    const bad = async (name: string, content: string) =>
      refused(['event', 'create', '--from', await writeEvents(name, content)]);
    const unknown = await bad('unknown.yaml', `${lamps('ok')}---\n${lamps('typo').replace('title', 'titel')}`);
    expect(unknown.code).toBe(2);
    expect(unknown.error.message).toContain('events[1].titel: is not known here (did you mean title?)');
    const wrong = await bad(
      'wrong.yaml',
      `${lamps('ok')}---\n${lamps('bad', 'purchaseLimit: 0\n').replace('"min":18', '"min":"old"')}---\n${lamps('no').replace('lamp\n', 'Lmap\n')}`,
    );
    expect(wrong.code).toBe(2);
    expect(wrong.error.message).toMatch(/events\[1\]\.purchaseLimit: /);
    expect(wrong.error.message).toMatch(/events\[2\]\.commodity: there is no commodity 'Lmap' \(did you mean Lamp\?\)/);
    const rule = await bad('rule.yaml', lamps('rule').replace('"min":18', '"min":"old"'));
    expect(rule.error.message).toMatch(/rule\[0\]\.rule\.age\.min: /);
    const twice = await bad('twice.yaml', `${lamps('twice')}---\n${lamps('twice')}`);
    expect(twice.error.message).toContain('events[1].key: is the key of events[0] too');
    const time = await bad('time.yaml', lamps('time').replace('+1h', 'tomorrow'));
    expect(time.error.message).toContain('startsAt');
    const over = await bad('over.yaml', lamps('over').replace('+1h', '2020-01-01T00:00:00Z'));
    expect(over.error.message).toContain('would be over');
    expect(await refused(['event', 'create', '--from', './none.yaml'])).toMatchObject({ code: 2 });
    expect(await done(['event', 'list', '--all'])).toHaveLength(before);
  });

  test('can be tried first: a dry run makes neither events nor commodities', async () => {
    const file = await writeEvents('dry.yaml', lamps('dry').replace('lamp\n', 'Chair\n'));
    expect((await refused(['event', 'create', '--from', file])).error.message).toContain('--create-commodity');
    const args = ['event', 'create', '--from', file, '--create-commodity'];
    const tried = await operator.run([...args, '--dry-run']);
    expect(tried).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Commodity +Chair$/m) });
    expect(tried.stderr).toContain('Nothing was changed. 1 event would be created.');
    expect(await done([...args, '--dry-run'])).toMatchObject({
      dryRun: true,
      events: [{ action: 'create', key: 'dry', commodity: 'Chair', purchaseLimit: 1 }],
    });
    expect(JSON.stringify(await done(['commodity', 'list']))).not.toContain('Chair');
    expect((await done(args)).events[0]).toMatchObject({ action: 'created', commodity: { name: 'Chair' } });
  });

  test('stand for all flags of one event, and flags can be tried too', async () => {
    const file = await writeEvents('flags.yaml', lamps('flags'));
    expect(await refused(['event', 'create', '--from', file, '--title', 'x'])).toMatchObject({ code: 2 });
    const missing = await refused(['event', 'create', '--title', 'x', '--price', '1']);
    expect(missing).toMatchObject({ code: 2, error: { message: 'Missing flags: --commodity, --stock.' } });
    const flags = ['--title', 'x', '--commodity', 'Lamp', '--price', '1', '--stock', '5', '--dry-run'];
    expect(await done(['event', 'create', ...flags])).toMatchObject({
      dryRun: true,
      events: [{ action: 'create', commodity: 'Lamp', priceCents: 100, quantity: 5, key: null }],
    });
  });

  test('a key that is taken is refused with the event that has it', async () => {
    const { id } = await createEvent(['--key', 'taken']);
    const args = ['event', 'create', '--title', 'x', '--commodity', 'Lamp', '--price', '1', '--stock', '5'];
    expect(await refused([...args, '--key', 'taken'])).toMatchObject({
      code: 1,
      error: { code: 'EVENT_EXISTS', suggestions: [`spikectl event show ${id}`] },
    });
    expect(await refused([...args, '--key', 'Taken!'])).toMatchObject({ code: 2 });
  });
});
