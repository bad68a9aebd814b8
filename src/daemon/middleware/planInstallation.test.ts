import { planInstallation } from './planInstallation.js';

const machine = (
  programs: Record<string, string>,
  options: { isRoot?: boolean; sudo?: boolean; hasSystemd?: boolean } = {},
) => ({
  isRoot: options.isRoot ?? true,
  hasSystemd: options.hasSystemd ?? false,
  find: (name: string) => programs[name],
  answers: () => Promise.resolve(options.sudo ?? false),
});

describe('planning the installation of middleware', () => {
  test('on Debian as root updates the lists first and installs without recommended packages and without questions', async () => {
    const plan = await planInstallation({ what: ['redis', 'rabbitmq'], ...machine({ 'apt-get': '/usr/bin/apt-get' }) });
    const environment = ['env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C.UTF-8'];
    const options = ['-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=300'];
    expect(plan.commands).toEqual([
      [...environment, '/usr/bin/apt-get', ...options, 'update'],
      [
        ...environment,
        '/usr/bin/apt-get',
        '--yes',
        '--no-install-recommends',
        ...options,
        'install',
        'redis-server',
        'rabbitmq-server',
      ],
    ]);
  });

  test('keeps what it installs from starting at the next boot', async () => {
    const apt = { 'apt-get': '/usr/bin/apt-get' };
    const plan = await planInstallation({
      what: ['mysql', 'redis', 'rabbitmq'],
      ...machine(apt, { hasSystemd: true }),
    });
    expect(plan.commands.at(-1)).toEqual(['systemctl', 'disable', 'redis-server', 'rabbitmq-server']);
    expect(plan.commands[1]?.at(-1)).toContain('&& systemctl disable mariadb; fi');
  });

  test('takes MariaDB without its service packages where the release has them, else the whole server', async () => {
    const plan = await planInstallation({ what: ['mysql', 'redis'], ...machine({ 'apt-get': '/usr/bin/apt-get' }) });
    const script = plan.commands[1]?.at(-1);
    expect(script).toContain('if apt-cache show mariadb-server-core mariadb-client-core >/dev/null 2>&1; then');
    expect(script).toContain('install mariadb-server-core mariadb-client-core redis-server; else');
    expect(script).toContain('install mariadb-server redis-server; fi');
  });

  test('as another user goes through sudo when that asks for no password', async () => {
    const programs = { 'apt-get': '/usr/bin/apt-get', sudo: '/usr/bin/sudo' };
    const plan = await planInstallation({ what: ['redis'], ...machine(programs, { isRoot: false, sudo: true }) });
    expect(plan.elevate).toEqual(['/usr/bin/sudo', '-n']);
    expect(plan.commands.every((command) => command[0] === '/usr/bin/sudo' && command[1] === '-n')).toBe(true);
  });

  test('says what to type when it may not become root', async () => {
    const planning = planInstallation({
      what: ['redis'],
      ...machine({ 'apt-get': '/usr/bin/apt-get' }, { isRoot: false }),
    });
    await expect(planning).rejects.toMatchObject({
      code: 'NOT_ROOT',
      exit: 5,
      suggestions: [expect.stringContaining('sudo apt-get install --no-install-recommends redis-server')],
    });
  });

  test('uses Homebrew without sudo', async () => {
    const plan = await planInstallation({
      what: ['mysql', 'redis', 'rabbitmq'],
      ...machine({ brew: '/opt/homebrew/bin/brew' }, { isRoot: false }),
    });
    expect(plan.commands).toEqual([['/opt/homebrew/bin/brew', 'install', 'mariadb', 'redis', 'rabbitmq']]);
  });

  test('names the alternatives on a machine without either', async () => {
    const planning = planInstallation({ what: ['mysql'], ...machine({}) });
    await expect(planning).rejects.toMatchObject({
      code: 'NO_PACKAGE_MANAGER',
      suggestions: expect.arrayContaining([expect.stringContaining('SPIKE_MYSQL_URL')]),
    });
  });
});
