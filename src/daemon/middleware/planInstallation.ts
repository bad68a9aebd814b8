import { OperatorError } from '../operatorError.js';
import type { StoreName } from './store.js';

/** What only the project's own tests and benchmarks need. */
export type Tool = 'browser' | 'buildah' | 'debootstrap' | 'nginx' | 'prometheus' | 'registry' | 'wrk' | 'zsh';

export type Installable = StoreName | Tool;

export interface InstallationPlan {
  manager: 'apt-get' | 'brew';
  packages: readonly string[];
  /** What goes in front of a command to run it as root; empty when we are root or need not be. */
  elevate: readonly string[];
  commands: readonly (readonly string[])[];
}

const debianPackages: Readonly<Record<Installable, readonly string[]>> = {
  // The server without the packages that set it up as a service of the machine.
  mysql: ['mariadb-server-core', 'mariadb-client-core'],
  redis: ['redis-server'],
  rabbitmq: ['rabbitmq-server'],
  browser: ['chromium'],
  buildah: ['buildah'],
  debootstrap: ['debootstrap'],
  nginx: ['nginx'],
  prometheus: ['prometheus'],
  registry: ['docker-registry'],
  wrk: ['wrk'],
  zsh: ['zsh'],
};

/** What these packages would start by themselves at the next boot of a machine with systemd. */
const debianUnits: Readonly<Partial<Record<Installable, string>>> = {
  redis: 'redis-server',
  rabbitmq: 'rabbitmq-server',
  nginx: 'nginx',
  prometheus: 'prometheus',
  registry: 'docker-registry',
};
const DEBIAN_MYSQL_WHOLE_UNIT = 'mariadb';

/** Another installation may be under way on a fresh machine; it is waited for. */
const LOCK_TIMEOUT_SECONDS = 300;

/** Older Debians and Ubuntus put a version into the names above; there the whole server is taken. */
const DEBIAN_MYSQL_WHOLE = ['mariadb-server'];

/** Nothing of what the tests of the images need is there: they build on Linux alone. */
const homebrewPackages: Readonly<Record<Installable, readonly string[]>> = {
  mysql: ['mariadb'],
  redis: ['redis'],
  rabbitmq: ['rabbitmq'],
  browser: ['chromium'],
  buildah: [],
  debootstrap: [],
  nginx: ['nginx'],
  prometheus: ['prometheus'],
  registry: [],
  wrk: ['wrk'],
  zsh: ['zsh'],
};

interface Machine {
  what: readonly Installable[];
  isRoot: boolean;
  hasSystemd: boolean;
  /** Path of a program, if it is installed. */
  find(name: string): string | undefined;
  /** Whether a command ends with 0. */
  answers(file: string, args: readonly string[]): Promise<boolean>;
}

/**
 * Says what to type to install the named things on this machine.
 *
 * @throws OperatorError when there is neither apt-get (as root or by sudo without a password) nor brew
 */
export async function planInstallation(machine: Machine): Promise<InstallationPlan> {
  const apt = machine.find('apt-get');
  if (apt !== undefined) return planApt(machine, apt);
  const brew = machine.find('brew');
  if (brew !== undefined) {
    const packages = machine.what.flatMap((name) => homebrewPackages[name]);
    return { manager: 'brew', packages, elevate: [], commands: [[brew, 'install', ...packages]] };
  }
  throw new OperatorError({
    code: 'NO_PACKAGE_MANAGER',
    message: `Cannot install ${machine.what.join(', ')}: this machine has neither apt-get nor brew.`,
    suggestions: [
      'Install MariaDB (or MySQL 8), Redis and RabbitMQ by hand, or start Docker.',
      'Or name servers you have: set SPIKE_MYSQL_URL, SPIKE_REDIS_URL and SPIKE_RABBITMQ_URL.',
    ],
    exit: 5,
  });
}

async function planApt(machine: Machine, apt: string): Promise<InstallationPlan> {
  const packages = machine.what.flatMap((name) => debianPackages[name]);
  const elevate = machine.isRoot ? [] : await elevation(machine, packages);
  const env = [...elevate, 'env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C.UTF-8'];
  const options = ['-o', 'Dpkg::Use-Pty=0', '-o', `DPkg::Lock::Timeout=${LOCK_TIMEOUT_SECONDS}`];
  const install = [apt, '--yes', '--no-install-recommends', ...options, 'install'];
  const units = machine.what.flatMap((name) => debianUnits[name] ?? []);
  const disable = machine.hasSystemd && units.length > 0 ? [[...elevate, 'systemctl', 'disable', ...units]] : [];
  const commands = [
    [...env, apt, ...options, 'update'],
    machine.what.includes('mysql')
      ? [...env, 'sh', '-c', chooseMysql(install, packages, machine.hasSystemd)]
      : [...env, ...install, ...packages],
    ...disable,
  ];
  return { manager: 'apt-get', packages, elevate, commands };
}

/** Which of the two names a release has is known only after the update, so the shell decides there and then. */
function chooseMysql(install: readonly string[], packages: readonly string[], hasSystemd: boolean): string {
  const core = debianPackages.mysql.join(' ');
  const whole = [...DEBIAN_MYSQL_WHOLE, ...packages.filter((name) => !debianPackages.mysql.includes(name))];
  const disable = hasSystemd ? ` && systemctl disable ${DEBIAN_MYSQL_WHOLE_UNIT}` : '';
  return `if apt-cache show ${core} >/dev/null 2>&1; then ${[...install, ...packages].join(' ')}; else ${[...install, ...whole].join(' ')}${disable}; fi`;
}

async function elevation(machine: Machine, packages: readonly string[]): Promise<readonly string[]> {
  const sudo = machine.find('sudo');
  if (sudo !== undefined && (await machine.answers(sudo, ['-n', 'true']))) return [sudo, '-n'];
  throw new OperatorError({
    code: 'NOT_ROOT',
    message: 'Installing packages needs root, and sudo asks for a password (or is not there).',
    suggestions: [
      `Type it yourself, then try again: sudo apt-get update && sudo apt-get install --no-install-recommends ${packages.join(' ')}`,
    ],
    exit: 5,
  });
}
