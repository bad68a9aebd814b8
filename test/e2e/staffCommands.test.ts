import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import type { StaffRole } from '../../src/domain/staffRole.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { createCli, type Cli, type CliRun } from '../helpers/runCli.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

const PASSWORD = 'correct horse battery';
const cost = { logN: 4, r: 8, p: 1 };

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
let ada: Cli;
const clis: Cli[] = [];

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  admin = await serve(createAdminService, testConfig(stores, { addressBurst: 1_000 }));
  ada = await newStaff('ada', 'admin');
});

afterAll(async () => {
  for (const cli of clis) await cli.remove();
  await admin.stop();
  await closeStores();
});

/** Somebody who is logged in at a terminal of their own. */
async function newStaff(username: string, role: StaffRole): Promise<Cli> {
  await ensureAdmin(stores.sequelize, { username, password: PASSWORD, role, cost });
  const cli = await createCli();
  clis.push(cli);
  expect(await login(cli, username)).toMatchObject({ code: 0 });
  return cli;
}

function login(cli: Cli, username: string, password = PASSWORD): Promise<CliRun> {
  const args = ['login', '--url', admin.url, '--username', username, '--password-stdin'];
  return cli.run(args, { input: password });
}

/** Runs a command that must succeed, and returns its document. */
async function done(args: string[], { cli = ada, input = '' }: { cli?: Cli; input?: string } = {}) {
  const run = await cli.run([...args, '--json'], { input });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return run.json();
}

describe('admin create and list', () => {
  test('make a member of staff who can log in, with the password given or made up', async () => {
    const made = await done(['admin', 'create', 'given', '--role', 'viewer', '--password-stdin'], { input: PASSWORD });
    expect(made).toEqual({ id: expect.any(String), username: 'given', role: 'viewer', password: null });
    const run = await ada.run(['admin', 'create', 'generated', '--role', 'operator']);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('shown only now') });
    const [, password] = run.stdout.split('\n');
    const cli = await createCli();
    clis.push(cli);
    expect(await login(cli, 'generated', password)).toMatchObject({ code: 0 });
    const list = await done(['admin', 'list', '--filter', 'username~gen']);
    expect(list).toMatchObject([{ username: 'generated', role: 'operator', disabledAt: null }]);
    const table = await ada.run(['admin', 'list']);
    expect(table.stdout.split('\n')[0]).toMatch(/^ID +USERNAME +ROLE +DISABLED AT +PASSWORD CHANGED AT +CREATED AT$/);
  });

  test.each([
    [['admin', 'create', 'al', '--role', 'viewer'], 2, 'username'],
    [['admin', 'create', 'expiry', '--role', 'viewer'], 2, 'username'],
    [['admin', 'create', 'albert', '--role', 'vieuwer'], 2, 'Did you mean viewer?'],
    [['admin', 'create', 'albert'], 2, '--role'],
    [['admin', 'create', 'ADA', '--role', 'viewer'], 1, 'taken'],
  ])('%j ends with %i', async (args, code, text) => {
    const run = await ada.run(args);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toContain(text);
  });

  test('are for admins alone', async () => {
    const olga = await newStaff('olga', 'operator');
    for (const args of [
      ['admin', 'list'],
      ['admin', 'create', 'friend', '--role', 'admin'],
      ['admin', 'update', 'ada', '--disable'],
    ])
      expect(await olga.run([...args, '--yes'])).toMatchObject({ code: 4, stdout: '' });
    expect(await done(['admin', 'list', '--filter', 'username=friend'])).toEqual([]);
  });
});

describe('admin update', () => {
  test('changes role and access, in force at once, and says what changed', async () => {
    const mona = await newStaff('mona', 'operator');
    const dry = await ada.run(['admin', 'update', 'mona', '--role', 'viewer', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stdout: 'mona: operator → viewer\n' });
    expect(await done(['admin', 'update', 'MONA', '--role', 'viewer'])).toMatchObject({
      username: 'mona',
      role: 'viewer',
    });
    expect(await mona.run(['commodity', 'create', 'x'])).toMatchObject({ code: 4 });
    expect(await done(['admin', 'update', 'mona', '--disable'])).toMatchObject({ disabledAt: expect.any(String) });
    const out = await mona.run(['event', 'list', '--json']);
    expect(out.code).toBe(4);
    expect(out.json()).toMatchObject({ error: { code: 'TOKEN_INVALID', suggestions: ['spikectl login'] } });
    await done(['admin', 'update', 'mona', '--enable']);
    expect(await mona.run(['event', 'list'])).toMatchObject({ code: 0 });
    const same = await ada.run(['admin', 'update', 'mona', '--enable', '--role', 'viewer']);
    expect(same).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing was changed') });
  });

  test('of oneself asks, and of the last admin is refused', async () => {
    expect(await ada.run(['admin', 'update', 'ada', '--role', 'viewer'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('This is yourself'),
    });
    const run = await ada.run(['admin', 'update', 'ada', '--disable', '--yes', '--json']);
    expect(run.code).toBe(1);
    expect(run.json()).toMatchObject({ error: { code: 'LAST_ADMIN' } });
    expect(await ada.run(['admin', 'list'])).toMatchObject({ code: 0 });
  });

  test.each([
    [['admin', 'update', 'adda', '--disable'], 1, 'Did you mean ada?'],
    [['admin', 'update', 'ada'], 2, 'Pass --role'],
    [['admin', 'update', 'ada', '--enable', '--disable'], 2, '--enable cannot go with --disable'],
  ])('%j ends with %i', async (args, code, text) => {
    const run = await ada.run(args);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toContain(text);
  });
});

describe('admin passwd', () => {
  test('changes one’s own: this terminal stays logged in, every other is out at once', async () => {
    const here = await newStaff('paul', 'viewer');
    const there = await createCli();
    clis.push(there);
    await login(there, 'paul');
    const input = `${PASSWORD}\na newer password\n`;
    expect(await done(['admin', 'passwd', '--password-stdin'], { cli: here, input })).toEqual({
      username: 'paul',
      password: null,
    });
    expect(await here.run(['event', 'list'])).toMatchObject({ code: 0 });
    expect(await there.run(['event', 'list'])).toMatchObject({ code: 4 });
    expect(await login(there, 'paul')).toMatchObject({ code: 4 });
    expect(await login(there, 'paul', 'a newer password')).toMatchObject({ code: 0 });
  });

  test('with a wrong old one changes nothing', async () => {
    const cli = await newStaff('wanda', 'viewer');
    const run = await cli.run(['admin', 'passwd', '--password-stdin', '--json'], {
      input: 'wrong\na newer password\n',
    });
    expect(run.code).toBe(4);
    expect(run.json()).toMatchObject({ error: { code: 'BAD_CREDENTIALS' } });
    expect(await cli.run(['event', 'list'])).toMatchObject({ code: 0 });
  });

  test('without a terminal says what it needs', async () => {
    expect(await ada.run(['admin', 'passwd'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--password-stdin'),
    });
    expect(await ada.run(['admin', 'passwd', '--password-stdin'], { input: 'one line\n' })).toMatchObject({ code: 2 });
    expect(await ada.run(['admin', 'passwd', '--password-stdin'], { input: 'old one\nshort\n' })).toMatchObject({
      code: 2,
    });
  });

  test('of somebody else is for admins, and throws them out', async () => {
    const felix = await newStaff('felix', 'operator');
    expect(await felix.run(['admin', 'passwd', 'ada', '--password-stdin'], { input: 'a new password' })).toMatchObject({
      code: 4,
    });
    const reset = await done(['admin', 'passwd', 'felix']);
    expect(reset).toEqual({ username: 'felix', password: expect.any(String) });
    expect(await felix.run(['event', 'list'])).toMatchObject({ code: 4 });
    expect(await login(felix, 'felix', reset.password)).toMatchObject({ code: 0 });
  });

  test('leaves no password in the audit log', async () => {
    const run = await ada.run(['audit-log', '--target', 'admin', '--all', '--json']);
    expect(run.json().length).toBeGreaterThan(1);
    expect(run.stdout).not.toMatch(/scrypt|a newer password|correct horse/);
  });
});

describe('commodity update and delete', () => {
  test('change what is given, say what it was, and leave the rest', async () => {
    const { id } = await done(['commodity', 'create', 'Teapot', '--description', 'blue']);
    const dry = await ada.run(['commodity', 'update', 'Teapot', '--name', 'Kettle', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stdout: 'name Teapot → Kettle\n' });
    expect(await done(['commodity', 'update', 'teapot', '--name', 'Kettle'])).toMatchObject({
      id,
      name: 'Kettle',
      description: 'blue',
      dryRun: false,
    });
    expect(await done(['commodity', 'update', id, '--description', ''])).toMatchObject({ description: null });
    const typo = await ada.run(['commodity', 'update', 'Ketle', '--name', 'x', '--json']);
    expect(typo.code).toBe(2);
    expect(typo.json().error.suggestions).toContain('Did you mean Kettle?');
    expect(await ada.run(['commodity', 'update', id])).toMatchObject({ code: 2 });
  });

  test('delete asks, refuses what an event sells, and deletes the others', async () => {
    const { id } = await done(['commodity', 'create', 'Vase']);
    const event = await done([
      'event',
      'create',
      '--title',
      'v',
      '--commodity',
      'Vase',
      '--price',
      '1',
      '--stock',
      '5',
    ]);
    const used = await ada.run(['commodity', 'delete', 'Vase', '--yes', '--json']);
    expect(used.code).toBe(1);
    expect(used.json().error).toMatchObject({
      code: 'COMMODITY_IN_USE',
      message: expect.stringContaining(`sold by event ${event.id}`),
    });
    const spare = await done(['commodity', 'create', 'Spare']);
    expect(await ada.run(['commodity', 'delete', 'Spare'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect(await done(['commodity', 'delete', 'Spare', '--yes'])).toEqual({
      id: spare.id,
      name: 'Spare',
      deleted: true,
    });
    expect(await ada.run(['commodity', 'delete', spare.id, '--yes'])).toMatchObject({ code: 2 });
    expect(await done(['commodity', 'list', '--filter', `id=${id}`])).toHaveLength(1);
  });
});

describe('audit-log', () => {
  test('shows who changed what from what to what, filtered by the service', async () => {
    const otto = await newStaff('otto', 'operator');
    const { id } = await done(['commodity', 'create', 'Lamp'], { cli: otto });
    await done(['commodity', 'update', id, '--name', 'Lantern']);
    const target = `commodity:${id}`;
    const run = await otto.run(['audit-log', '--target', target, '--csv', '--columns', 'actor,action,target,change']);
    expect(run.stdout.split('\n')).toEqual([
      'actor,action,target,change',
      `ada,commodity.change,${target},name Lamp → Lantern`,
      `otto,commodity.create,${target},name Lamp`,
      '',
    ]);
    expect(await done(['audit-log', '--target', target, '--actor', 'otto'])).toEqual([
      expect.objectContaining({ action: 'commodity.create', before: null, after: { name: 'Lamp', description: null } }),
    ]);
    expect(await done(['audit-log', '--target', target, '--action', 'commodity.change'])).toHaveLength(1);
    expect(await done(['audit-log', '--target', target, '--since', '1h'])).toHaveLength(2);
    expect(await done(['audit-log', '--target', target, '--since', '2999-01-01T00:00:00Z'])).toEqual([]);
    const cut = await otto.run(['audit-log', '--target', target, '--limit', '1']);
    expect(cut.stderr).toContain('There are more');
  });

  test.each([
    [['--target', '3'], '--target event:3'],
    [['--since', 'yesterday'], '--since'],
  ])('with %j ends with 2 and says what to type', async (flags, text) => {
    const run = await ada.run(['audit-log', ...flags]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(text);
  });
});
