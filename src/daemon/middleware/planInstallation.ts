import { OperatorError } from '../operatorError.js';
import type { StoreName } from './store.js';

/** What only the project's own tests and benchmarks need. */
export type Tool = 'browser' | 'wrk';

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
  wrk: ['wrk'],
};

/** Older Debians and Ubuntus put a version into the names above; there the whole server is taken. */
const DEBIAN_MYSQL_WHOLE = ['mariadb-server'];

const homebrewPackages: Readonly<Record<Installable, readonly string[]>> = {
  mysql: ['mariadb'],
  redis: ['redis'],
  rabbitmq: ['rabbitmq'],
  browser: ['chromium'],
  wrk: ['wrk'],
};

interface Machine {
  what: readonly Installable[];
  isRoot: boolean;
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
  const install = [apt, '--yes', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0', 'install'];
  const installCommand = [...env, ...install, ...packages];
  const update = [...env, apt, 'update'];
  if (!machine.what.includes('mysql')) {
    return { manager: 'apt-get', packages, elevate, commands: [update, installCommand] };
  }
  // Which of the two names a release has is known only after the update, so the shell decides there and then.
  const whole = [...DEBIAN_MYSQL_WHOLE, ...packages.filter((name) => !debianPackages.mysql.includes(name))];
  const choose = `if apt-cache show ${debianPackages.mysql.join(' ')} >/dev/null 2>&1; then exec ${[...install, ...packages].join(' ')}; else exec ${[...install, ...whole].join(' ')}; fi`;
  return { manager: 'apt-get', packages, elevate, commands: [update, [...env, 'sh', '-c', choose]] };
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
