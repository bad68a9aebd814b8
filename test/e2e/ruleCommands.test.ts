import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { insertUser } from '../../src/stores/mysql/users.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { createCli, type Cli } from '../helpers/runCli.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

const PASSWORD = 'correct horse battery';
/** Cheap hashes: these tests are not about them. */
const cost = { logN: 10, r: 8, p: 1 };
const allowlist = [{ name: 'allowlist', rule: {} }];

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
let operator: Cli;
let viewer: Cli;
let lastPhone = 0;

beforeAll(async () => {
  [operator, viewer] = [await createCli(), await createCli()];
  ({ stores, close: closeStores } = await openStores());
  admin = await serve(createAdminService, testConfig(stores));
  await ensureAdmin(stores.sequelize, { username: 'olga', password: PASSWORD, role: 'operator', cost });
  await ensureAdmin(stores.sequelize, { username: 'vera', password: PASSWORD, role: 'viewer', cost });
  await login(operator, 'olga');
  await login(viewer, 'vera');
  await done(['commodity', 'create', 'Lamp']);
});

afterAll(async () => {
  await operator.remove();
  await viewer.remove();
  await admin.stop();
  await closeStores();
});

async function login(cli: Cli, username: string): Promise<void> {
  const args = ['login', '--url', admin.url, '--username', username, '--password-stdin'];
  expect(await cli.run(args, { input: `${PASSWORD}\n` })).toMatchObject({ code: 0 });
}

/** Runs a command that must succeed, and returns its document. */
async function done(args: string[], input = '') {
  const run = await operator.run([...args, '--json'], { input });
  expect(run).toMatchObject({ code: 0 });
  return run.json();
}

async function createEvent(rule?: unknown): Promise<string> {
  const args = ['event', 'create', '--title', 'Lamps', '--commodity', 'Lamp', '--price', '9.99', '--stock', '100'];
  const { id } = await done([...args, ...(rule === undefined ? [] : ['--rule', JSON.stringify(rule)])]);
  return id;
}

/** Born in 1990. */
async function addUser(): Promise<{ userId: string; phone: string }> {
  const phone = `+49161${1_000_000 + (lastPhone += 1)}`;
  const userId = await insertUser(stores.sequelize, {
    phone,
    name: 'Anna',
    passwordHash: '-',
    birthDate: '1990-01-01',
    workStatus: 'student',
    nationalIdEncrypted: null,
    nationalIdLast4: null,
  });
  return { userId: userId!, phone };
}

async function writeList(name: string, content: string): Promise<string> {
  const file = path.join(operator.configDirectory, name);
  await writeFile(file, content);
  return file;
}

describe('rule list', () => {
  test('shows the filters as a table, and all about one of them by its name', async () => {
    const table = await viewer.run(['rule', 'list']);
    expect(table).toMatchObject({ code: 0 });
    expect(table.stdout.split('\n')[0]).toMatch(/^NAME\s+SETTINGS\s+DESCRIPTION$/);
    expect(table.stdout).toMatch(/^expression\s+expression, reason\s+only for users for whom/m);
    expect(table.stdout).toMatch(/^allowlist\s+none\s/m);
    const one = await viewer.run(['rule', 'list', 'Expression']);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout).toContain('"additionalProperties": false');
    expect(one.stdout).toContain('[{"name":"expression","rule":{"expression":');
    const csv = await viewer.run(['rule', 'list', '--csv', '--columns', 'name,settings', '--filter', 'name=base']);
    expect(csv.stdout).toBe('name,settings\nbase,"age, workStatus"\n');
  });

  test('gives each with its schema and an example that an event accepts', async () => {
    const filters = await done(['rule', 'list']);
    expect(filters.map(({ name }: { name: string }) => name)).toEqual([
      'base',
      'untrustworthy',
      'allowlist',
      'registeredBefore',
      'expression',
    ]);
    for (const filter of filters) {
      expect(filter).toEqual({
        name: expect.any(String),
        description: expect.any(String),
        schema: expect.objectContaining({ type: 'object' }),
        example: { name: filter.name, rule: expect.any(Object) },
      });
    }
    const rule = filters.map(({ example }: { example: unknown }) => example);
    expect(await done(['event', 'show', await createEvent(rule)])).toMatchObject({ rule });
  });

  test('names the filter that was meant', async () => {
    const run = await viewer.run(['rule', 'list', 'alowlist', '--json']);
    expect(run).toMatchObject({ code: 2 });
    expect(run.json()).toMatchObject({
      error: { code: 'USAGE', suggestions: expect.arrayContaining(['spikectl rule list allowlist']) },
    });
  });
});

describe('rule check', () => {
  test('says in one line a filter who would pass and why not, by id and by phone number, and ends with 0', async () => {
    const { userId, phone } = await addUser();
    const event = await createEvent([{ name: 'base', rule: { age: { min: 90 } } }, ...allowlist]);
    const run = await viewer.run(['rule', 'check', event, '--user', userId]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout.split('\n')).toEqual([
      `User ${userId} may not buy in event ${event}: you must be at least 90 years old.`,
      '✓ account',
      '✗ base       {"age":{"min":90}}  you must be at least 90 years old',
      '✗ allowlist  you are not on the list of this event',
      '',
    ]);
    const checked = await viewer.run(['rule', 'check', event, '--user', phone, '--json']);
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.json()).toEqual({
      eventId: event,
      userId,
      eligible: false,
      filter: 'base',
      reason: 'you must be at least 90 years old',
      account: { passed: true, reason: null },
      links: [
        {
          name: 'base',
          settings: { age: { min: 90 } },
          passed: false,
          reason: 'you must be at least 90 years old',
        },
        { name: 'allowlist', settings: {}, passed: false, reason: 'you are not on the list of this event' },
      ],
    });
  });

  test('asks a draft from the command line or a file, and the event keeps its rule', async () => {
    const { userId } = await addUser();
    const event = await createEvent(allowlist);
    const file = await writeList(
      'draft.json',
      '[{"name":"untrustworthy"},{"name":"expression","rule":"user.age >= 18"}]',
    );
    const run = await operator.run(['rule', 'check', event, '--user', userId, '--rule', file]);
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toContain(`User ${userId} may buy in event ${event}.`);
    expect(run.stdout).toContain('✓ expression');
    const everybody = await operator.run(['rule', 'check', event, '--user', userId, '--rule', '[]']);
    expect(everybody.stdout).toContain('everybody may buy');
    expect(await done(['event', 'show', event])).toMatchObject({ rule: allowlist, ruleVersion: 1 });
  });

  test('asks a draft for an event that is not made yet, and says what is not known of it', async () => {
    const { userId } = await addUser();
    const adults = '[{"name":"expression","rule":"user.age >= 18"}]';
    const passes = await viewer.run(['rule', 'check', '--user', userId, '--rule', adults]);
    expect(passes).toMatchObject({ code: 0, stderr: '' });
    expect(passes.stdout).toContain(`User ${userId} could buy in an event under this rule.`);
    const cheap = '[{"name":"expression","rule":"event.priceCents < 500"},{"name":"allowlist"}]';
    const refused = await viewer.run(['rule', 'check', '--user', userId, '--rule', cheap, '--json']);
    expect(refused.json()).toMatchObject({
      eventId: null,
      userId,
      eligible: false,
      filter: 'expression',
      reason: 'the condition asks for what is not known of the event yet: priceCents',
      links: [{ passed: false }, { passed: false, reason: 'nobody is on the list of this event yet' }],
    });
    const decided = ['--price', '4.99', '--title', 'Lamps', '--commodity', 'lamp', '--stock', '5', '--ends', '+1h'];
    const known = await done(['rule', 'check', '--user', userId, '--rule', cheap, ...decided]);
    expect(known).toMatchObject({ filter: 'allowlist', links: [{ passed: true }, { passed: false }] });
    const nothing = await viewer.run(['rule', 'check', '--user', userId, '--json']);
    expect(nothing).toMatchObject({ code: 2, stderr: '' });
    expect(nothing.json()).toMatchObject({
      error: { code: 'USAGE', suggestions: expect.arrayContaining(['spikectl event list']) },
    });
  });

  test('refuses a bad draft with the place of each fault', async () => {
    const { userId } = await addUser();
    const draft = '[{"name":"expression","rule":"user.agee >= 18"},{"name":"bas"}]';
    const args = ['rule', 'check', await createEvent(), '--user', userId, '--rule', draft];
    const run = await operator.run([...args, '--json']);
    expect(run).toMatchObject({ code: 2, stderr: '' });
    expect(run.json()).toMatchObject({ error: { code: 'BAD_RULE', exit: 2 } });
    const { message } = run.json().error;
    expect(message).toContain("[0].rule.expression: line 1:6: user has no 'agee' (did you mean age?)");
    expect(message).toContain('[1].name: there is no filter of this name (did you mean base?)');
    expect(await operator.run(args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('line 1:6'),
    });
  });

  test.each([
    [['--user', '999999'], 1, 'There is no user 999999', 'spikectl user list'],
    [['--user', '+49 99 999999'], 1, 'There is no user with the phone number +4999999999', 'spikectl user list'],
    [['--user', 'anna'], 2, "'anna' is neither", 'spikectl user list'],
    [['--user', '1', '--rule', 'nowhere.json'], 2, 'nowhere.json', '--rule'],
    [[], 2, 'user', '--help'],
  ])('%j ends with what to type next', async (flags, code, message, suggestion) => {
    const run = await operator.run(['rule', 'check', await createEvent(), ...flags, '--json']);
    expect(run).toMatchObject({ code, stderr: '' });
    expect(run.json().error.message).toContain(message);
    expect(run.json().error.suggestions.join('\n')).toContain(suggestion);
  });

  test('of an unknown event says that there is no such event', async () => {
    const { userId } = await addUser();
    const run = await operator.run(['rule', 'check', '999999', '--user', userId, '--json']);
    expect(run).toMatchObject({ code: 1 });
    expect(run.json()).toMatchObject({
      error: { code: 'NOT_FOUND', message: 'There is no event 999999.', suggestions: ['spikectl event list'] },
    });
  });
});

describe('event allow', () => {
  test('puts users on the list, from a file and by name, and takes them off; each again is the same as once', async () => {
    const [anna, otto, emma] = [await addUser(), await addUser(), await addUser()];
    const event = await createEvent(allowlist);
    const file = await writeList(
      'vips.csv',
      `# VIPs\nphone;name\n${anna.phone};Anna\n${otto.phone.replace('+49', '+49 ')};Otto\n`,
    );
    const args = ['event', 'allow', event, '--file', file, '--user', emma.userId];
    expect(await done(args)).toEqual({
      eventId: event,
      changed: 3,
      unchanged: 0,
      unknown: { userIds: [], phones: [] },
      total: 3,
      inRule: true,
    });
    expect(await done(args)).toMatchObject({ changed: 0, unchanged: 3, total: 3 });
    expect(await done(['rule', 'check', event, '--user', anna.userId])).toMatchObject({ eligible: true });

    const run = await operator.run(['event', 'allow', event, '--user', anna.phone, '--remove']);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('In force') });
    expect(run.stdout).toBe('Taken off    1\nNot on it    0\nUnknown      0\nOn the list  2\n');
    expect(await done(['rule', 'check', event, '--user', anna.userId])).toMatchObject({ eligible: false });
  });

  test('reads the users from stdin as well', async () => {
    const { userId } = await addUser();
    const event = await createEvent(allowlist);
    expect(await done(['event', 'allow', event, '--file', '-'], `${userId}\n`)).toMatchObject({ changed: 1 });
  });

  test('lists who is on it, as a table, as CSV and as JSON', async () => {
    const [anna, otto] = [await addUser(), await addUser()];
    const event = await createEvent(allowlist);
    const empty = await viewer.run(['event', 'allow', event, '--list']);
    expect(empty).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('Nobody') });
    await done(['event', 'allow', event, '--user', anna.userId, '--user', otto.userId]);
    const table = await viewer.run(['event', 'allow', event, '--list']);
    expect(table.stdout.split('\n')[0]).toMatch(/^USER ID\s+PHONE\s+NAME\s+ALLOWED BY\s+ALLOWED AT$/);
    expect(table.stdout).toContain(anna.phone);
    const csv = await viewer.run([
      'event',
      'allow',
      event,
      '--list',
      '--csv',
      '--columns',
      'userId',
      '--sort',
      'userId',
    ]);
    expect(csv.stdout).toBe(`userId\n${anna.userId}\n${otto.userId}\n`);
    const cut = await viewer.run(['event', 'allow', event, '--list', '--limit', '1', '--json']);
    expect(cut.json()).toEqual([{ ...otto, name: 'Anna', allowedBy: 'olga', allowedAt: expect.any(String) }]);
    expect(cut.stderr).toContain('There are more');
  });

  test('names who does not exist, changes the others, and ends with 3', async () => {
    const { userId } = await addUser();
    const event = await createEvent(allowlist);
    const file = await writeList('strangers.csv', `${userId}\n999999\n+49 99 999999\n`);
    const run = await operator.run(['event', 'allow', event, '--file', file]);
    expect(run).toMatchObject({ code: 3, stderr: expect.stringContaining('999999, +4999999999') });
    expect(run.stdout).toContain('Unknown        2\n');
    const again = await operator.run(['event', 'allow', event, '--file', file, '--json']);
    expect(again).toMatchObject({ code: 3 });
    expect(again.json()).toMatchObject({
      changed: 0,
      unchanged: 1,
      unknown: { userIds: ['999999'], phones: ['+4999999999'] },
    });
  });

  test('checks the whole file before it sends anything, and names every bad line', async () => {
    const { userId } = await addUser();
    const event = await createEvent(allowlist);
    const file = await writeList('broken.csv', `${userId}\nAnna\n\n12a\n`);
    const run = await operator.run(['event', 'allow', event, '--file', file, '--json']);
    expect(run).toMatchObject({ code: 2, stderr: '' });
    expect(run.json().error.message).toContain("line 2: 'Anna' is not a user id or a phone number");
    expect(run.json().error.message).toContain("line 4: '12a' is not a user id or a phone number");
    expect(await done(['event', 'allow', event, '--list'])).toEqual([]);
  });

  test('sends thousands in parts, and says how far it is', async () => {
    const rows = Array.from({ length: 2_100 }, (_, index) => [`+4915800${10_000 + index}`, '-', new Date()]);
    await stores.sequelize.query('INSERT INTO users (phone, password_hash, created_at) VALUES :rows', {
      replacements: { rows },
    });
    const event = await createEvent(allowlist);
    const file = await writeList('thousands.csv', rows.map(([phone]) => `${String(phone)}\n`).join(''));
    const foreseen = await done(['event', 'allow', event, '--file', file, '--dry-run']);
    expect(foreseen).toMatchObject({ changed: 2_100, total: 2_100 });
    const run = await operator.run(['event', 'allow', event, '--file', file]);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('1000 of 2100 users') });
    expect(run.stdout).toMatch(/^On the list\s+2100$/m);
    expect(await done(['event', 'allow', event, '--list', '--all'])).toHaveLength(2_100);
  });

  test('in a dry run says what would change and changes nothing', async () => {
    const { userId } = await addUser();
    const event = await createEvent(allowlist);
    const run = await operator.run(['event', 'allow', event, '--user', userId, '--dry-run']);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing was changed') });
    expect(run.stdout).toMatch(/^Put on\s+1$/m);
    expect(await done(['event', 'allow', event, '--list'])).toEqual([]);
  });

  test('says when the rule of the event does not ask the list', async () => {
    const { userId } = await addUser();
    const run = await operator.run(['event', 'allow', await createEvent(), '--user', userId]);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('does not ask the list') });
  });

  test('may be looked at by a viewer and changed by none', async () => {
    const { userId } = await addUser();
    const event = await createEvent(allowlist);
    for (const flags of [[], ['--remove'], ['--dry-run']]) {
      const run = await viewer.run(['event', 'allow', event, '--user', userId, ...flags, '--json']);
      expect(run).toMatchObject({ code: 4 });
      expect(run.json()).toMatchObject({ error: { code: 'FORBIDDEN', exit: 4 } });
    }
    expect(await viewer.run(['event', 'allow', event, '--list', '--json'])).toMatchObject({ code: 0, stdout: '[]\n' });
  });

  test.each([
    [[], 'Nobody is named', '--file'],
    [['--user', 'anna'], "'anna' is neither", 'spikectl user list'],
    [['--file', 'nowhere.csv'], 'nowhere.csv', '--file'],
    [['--list', '--remove'], '--remove', '--help'],
    [['--fiel', 'x'], '--fiel', '--file'],
  ])('%j is refused with what to type', async (flags, message, suggestion) => {
    const run = await operator.run(['event', 'allow', await createEvent(), ...flags, '--json']);
    expect(run).toMatchObject({ code: 2, stderr: '' });
    expect(run.json().error.message).toContain(message);
    expect(run.json().error.suggestions.join('\n')).toContain(suggestion);
  });

  test.each([['--list'], ['--user=1'], ['--user=1', '--remove']])(
    '%j of an unknown event says so',
    async (...flags) => {
      const run = await operator.run(['event', 'allow', '999999', ...flags, '--json']);
      expect(run).toMatchObject({ code: 1 });
      expect(run.json()).toMatchObject({ error: { code: 'NOT_FOUND', suggestions: ['spikectl event list'] } });
    },
  );
});
