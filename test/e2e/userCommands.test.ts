import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { createUserService } from '../../src/services/user/createUserService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { ask } from '../helpers/ask.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { createCli, type Cli } from '../helpers/runCli.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

const PASSWORD = 'correct horse battery';
const cost = { logN: 4, r: 8, p: 1 };

let stores: TestStores;
let closeStores: () => Promise<void>;
let services: Served[];
let admin: Served;
let user: Served;
let olga: Cli;
let vera: Cli;
let phones = 0;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  const config = testConfig(stores, { addressBurst: 1_000 });
  const access = await serve(createAccessService, config);
  user = await serve(createUserService, { ...config, accessUrl: access.url });
  admin = await serve(createAdminService, config);
  services = [admin, user, access];
  olga = await loggedIn('olga', 'operator');
  vera = await loggedIn('vera', 'viewer');
});

afterAll(async () => {
  for (const cli of [olga, vera]) await cli.remove();
  for (const service of services) await service.stop();
  await closeStores();
});

async function loggedIn(username: string, role: 'operator' | 'viewer'): Promise<Cli> {
  await ensureAdmin(stores.sequelize, { username, password: PASSWORD, role, cost });
  const cli = await createCli();
  const args = ['login', '--url', admin.url, '--username', username, '--password-stdin'];
  expect(await cli.run(args, { input: PASSWORD })).toMatchObject({ code: 0 });
  return cli;
}

const newPhone = () => `+4917200${String((phones += 1)).padStart(5, '0')}`;

async function canLogIn(phone: string, password: string): Promise<boolean> {
  return (await ask('POST', `${user.url}/users/login`, { body: { phone, password } })).status === 200;
}

/** Runs a command that must succeed, and returns its document. */
async function done(args: string[], input = '') {
  const run = await olga.run([...args, '--json'], { input });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return run.json();
}

async function write(name: string, ...lines: string[]): Promise<string> {
  const file = path.join(olga.configDirectory, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

describe('user create', () => {
  test('makes one user with all that was typed, who can log in', async () => {
    const phone = newPhone();
    const args = ['user', 'create', '--phone', phone, '--name', 'Anna', '--birth-date', '1990-02-28'];
    const made = await done(
      [...args, '--work-status', 'employed', '--national-id', 'AB-1234567', '--password-stdin'],
      'a password from stdin\n',
    );
    expect(made).toMatchObject({
      id: expect.any(String),
      phone,
      name: 'Anna',
      birthDate: '1990-02-28',
      workStatus: 'employed',
      nationalId: '…4567',
      password: null,
    });
    expect(await canLogIn(phone, 'a password from stdin')).toBe(true);
  });

  test('prints the id, and a password that was made up on a second line, once', async () => {
    const phone = newPhone();
    const run = await olga.run(['user', 'create', '--phone', phone]);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('shown only now') });
    const [id, password] = run.stdout.split('\n');
    expect(id).toMatch(/^\d+$/);
    expect(await canLogIn(phone, password!)).toBe(true);
    const given = await olga.run(['user', 'create', '--phone', newPhone()], {
      env: { SPIKE_PASSWORD: 'from outside' },
    });
    expect(given.stdout).toMatch(/^\d+\n$/);
  });

  test('of a phone number that is registered ends with 1, also in a dry run', async () => {
    const phone = newPhone();
    expect(await done(['user', 'create', '--phone', phone, '--dry-run'])).toMatchObject({ dryRun: true, created: 1 });
    await done(['user', 'create', '--phone', phone]);
    for (const more of [[], ['--dry-run']]) {
      const run = await olga.run(['user', 'create', '--phone', phone, ...more, '--json']);
      expect(run.code).toBe(1);
      expect(run.json()).toMatchObject({
        error: { code: 'PHONE_TAKEN', suggestions: [`spikectl user list --phone ${phone}`] },
      });
    }
  });

  test.each([
    [[], 'phone number is missing'],
    [['--phone', 'abc'], '--phone: must be a phone number'],
    [['--phone', '+491720099999', '--birth-date', '2999-01-01'], '--birth-date: must be a date'],
    [['--phone', '+491720099999', '--file', 'x.csv'], '--file cannot go with --phone'],
    [['--passwords-to', 'x.csv'], '--file'],
    [['--file', 'nothing-there.csv'], "there is no file 'nothing-there.csv'"],
  ])('with %j ends with 2 and says what is wrong', async (flags, text) => {
    const run = await olga.run(['user', 'create', ...flags]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(text);
  });

  test('with a password that is too short ends with 2', async () => {
    const args = ['user', 'create', '--phone', newPhone(), '--password-stdin'];
    expect(await olga.run(args, { input: 'short' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('8 to 128'),
    });
    expect(await olga.run(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('no password on stdin') });
  });

  test('takes more than a viewer', async () => {
    const phone = newPhone();
    expect(await vera.run(['user', 'create', '--phone', phone])).toMatchObject({ code: 4, stdout: '' });
    expect(await done(['user', 'list', '--phone', phone])).toEqual([]);
  });
});

describe('user create --file', () => {
  test('makes those who are new, with progress on stderr; again it makes nobody', async () => {
    const known = newPhone();
    await done(['user', 'create', '--phone', known]);
    const rows = Array.from({ length: 45 }, (_, index) => `${newPhone()},Shopper ${index},1990-01-01`);
    const file = await write('users.csv', 'phone,name,birthDate', ...rows, `${known},Known,`);
    const passwords = path.join(olga.configDirectory, 'passwords.csv');
    const dry = await done(['user', 'create', '--file', file, '--passwords-to', passwords, '--dry-run']);
    expect(dry).toEqual({
      dryRun: true,
      total: 46,
      created: 45,
      existing: 1,
      generatedPasswords: 45,
      passwordsFile: passwords,
    });
    await expect(readFile(passwords)).rejects.toMatchObject({ code: 'ENOENT' });

    const run = await olga.run(['user', 'create', '--file', file, '--passwords-to', passwords]);
    expect(run).toMatchObject({ code: 0, stdout: '45 created, 1 registered already\n' });
    for (const count of [20, 40, 46]) expect(run.stderr).toContain(`${count} of 46 users`);
    expect((await stat(passwords)).mode & 0o777).toBe(0o600);
    const lines = (await readFile(passwords, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(46);
    const [phone, password] = lines.at(-1)!.split(',');
    expect(await canLogIn(phone!, password!)).toBe(true);
    expect(lines.join()).not.toContain(known);

    const again = await done(['user', 'create', '--file', file, '--passwords-to', passwords]);
    expect(again).toMatchObject({ created: 0, existing: 46, generatedPasswords: 0 });
    expect((await readFile(passwords, 'utf8')).trim().split('\n')).toEqual(lines);
  });

  test('goes on after an interrupt, and no password is lost', async () => {
    const rows = Array.from({ length: 60 }, () => newPhone());
    const file = await write('interrupted.csv', 'phone', ...rows);
    const passwords = path.join(olga.configDirectory, 'interrupted-passwords.csv');
    const args = ['user', 'create', '--file', file, '--passwords-to', passwords];
    const running = olga.start(args);
    await running.printed('20 of 60 users');
    running.kill('SIGINT');
    const cut = await running.ended;
    expect(cut).toMatchObject({ code: 130, stdout: '', stderr: expect.stringContaining('goes on from there') });

    const rest = await done(args);
    expect(rest.created + rest.existing).toBe(60);
    expect(rest.existing).toBeGreaterThanOrEqual(20);
    const kept = (await readFile(passwords, 'utf8')).trim().split('\n').slice(1);
    expect(kept.map((line) => line.split(',')[0]).sort()).toEqual([...rows].sort());
    for (const line of [kept[0]!, kept[25]!, kept[59]!]) {
      const [phone, password] = line.split(',') as [string, string];
      expect({ phone, canLogIn: await canLogIn(phone, password) }).toEqual({ phone, canLogIn: true });
    }
  }, 120_000);

  test('sends nothing when a line is wrong, and names each of them', async () => {
    const good = newPhone();
    const file = await write('bad.csv', 'phone,birthDate', `${good},1990-01-01`, 'abc,', `${newPhone()},tomorrow`);
    const run = await olga.run(['user', 'create', '--file', file]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('line 3: phone must be a phone number');
    expect(run.stderr).toContain('line 4: birthDate');
    expect(run.stderr).toContain('Nothing was sent.');
    expect(await done(['user', 'list', '--phone', good])).toEqual([]);
  });

  test('warns of passwords that nobody is told, and reads stdin', async () => {
    const run = await olga.run(['user', 'create', '--file', '-', '--json'], { input: `phone\n${newPhone()}\n` });
    expect(run.json()).toMatchObject({ created: 1, generatedPasswords: 1, passwordsFile: null });
    expect(run.stderr).toContain('--passwords-to');
  });
});

describe('user list and show', () => {
  test('find a user by number and by id, and show the last orders', async () => {
    const phone = newPhone();
    const { id } = await done(['user', 'create', '--phone', phone, '--name', 'Berta']);
    expect(await done(['user', 'list', '--phone', `${phone.slice(0, 6)} ${phone.slice(6)}`])).toMatchObject([
      { id, phone },
    ]);
    const byPhone = await done(['user', 'show', phone]);
    expect(byPhone).toMatchObject({ id, name: 'Berta', blockedAt: null, orders: [] });
    expect(await done(['user', 'show', id])).toEqual(byPhone);
    const text = await olga.run(['user', 'show', id]);
    expect(text.stdout).toMatch(/Account +open\nDeny list +not on it\n\nLast orders\nnone\n$/);
    const csv = await olga.run(['user', 'list', '--csv', '--columns', 'id,name', '--filter', `id=${id}`]);
    expect(csv.stdout).toBe(`id,name\n${id},Berta\n`);
  });

  test.each([
    ['999999', 1, 'There is no user 999999.'],
    ['+4999999999', 1, 'There is no user with the phone number +4999999999.'],
    ['anna', 2, "'anna' is neither the id of a user nor a phone number."],
  ])('of %s end with %i and say where to look', async (typed, code, text) => {
    const run = await vera.run(['user', 'show', typed, '--json']);
    expect(run.code).toBe(code);
    expect(run.json().error).toMatchObject({ message: text, exit: code });
    expect(run.json().error.suggestions).toContain('spikectl user list');
  });
});

describe('user block and unblock', () => {
  test('close the account and the rules to a user, and open both again', async () => {
    const phone = newPhone();
    const { id } = await done(['user', 'create', '--phone', phone, '--password-stdin'], PASSWORD);
    const dry = await olga.run(['user', 'block', id, '--reason', 'resale', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('can neither log in nor buy') });
    expect(await canLogIn(phone, PASSWORD)).toBe(true);

    expect(await done(['user', 'block', phone, '--reason', 'resale'])).toMatchObject({
      id,
      blockedBy: 'olga',
      blockedReason: 'resale',
      deniedReason: 'resale',
      dryRun: false,
    });
    expect(await canLogIn(phone, PASSWORD)).toBe(false);
    expect(await done(['user', 'list', '--blocked', '--denied'])).toContainEqual(expect.objectContaining({ id }));
    const again = await olga.run(['user', 'block', id, '--reason', 'resale']);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing to change') });

    expect(await done(['user', 'unblock', id])).toMatchObject({ blockedAt: null, deniedReason: null });
    expect(await canLogIn(phone, PASSWORD)).toBe(true);
    const log = await done(['audit-log', '--target', `user:${id}`]);
    expect(log.map(({ action, actor }: { action: string; actor: string }) => `${action} ${actor}`)).toEqual([
      'user.unblock olga',
      'user.block olga',
      'user.create olga',
    ]);
  });

  test('with --only-rules leaves the account open', async () => {
    const phone = newPhone();
    const { id } = await done(['user', 'create', '--phone', phone, '--password-stdin'], PASSWORD);
    const denied = await done(['user', 'block', id, '--reason', 'under review', '--only-rules']);
    expect(denied).toMatchObject({ blockedAt: null, deniedReason: 'under review' });
    expect(await canLogIn(phone, PASSWORD)).toBe(true);
  });

  test('need a reason, a user who is there, and more than a viewer', async () => {
    const { id } = await done(['user', 'create', '--phone', newPhone()]);
    expect(await olga.run(['user', 'block', id])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--reason'),
    });
    expect(await olga.run(['user', 'block', id, '--reason', ' '])).toMatchObject({ code: 2 });
    expect(await olga.run(['user', 'block', '999999', '--reason', 'x'])).toMatchObject({ code: 1 });
    const viewer = await vera.run(['user', 'block', id, '--reason', 'x', '--json']);
    expect(viewer.code).toBe(4);
    expect(viewer.json()).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(await done(['user', 'show', id])).toMatchObject({ blockedAt: null, deniedReason: null });
  });
});
