import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Launch } from '../launchProcess.js';
import { OperatorError } from '../operatorError.js';
import { makePrivateFolder, writePrivateFile } from '../privateFile.js';
import { findBinary, machinePath } from './machineFolders.js';
import { PRIVATE_NAME, type StoreState } from './store.js';
import type { ContainerSpec, PrepareOptions, StoreDriver } from './storeDriver.js';
import type { StoreLayout } from './storeLayout.js';

const CONNECTIONS_MAX = 300;
const BUFFER_POOL = '256M';

/** MySQL or MariaDB, whichever is installed: the options below mean the same to both (`loose-` ones where only one has it). */
export const mysqlDriver: StoreDriver = {
  name: 'mysql',
  startDeadlineMs: 60_000,
  stopDeadlineMs: 30_000,
  prepare,
  container,
};

async function prepare({ layout, state, server, report }: PrepareOptions): Promise<readonly Launch[]> {
  await makePrivateFolder(layout.folder);
  await makePrivateFolder(layout.socketFolder);
  if (!existsSync(layout.dataFolder)) {
    report({ store: 'mysql', message: 'making the data folder' });
    await installDataFolder(layout, server);
  }
  const optionFile = path.join(layout.folder, 'my.cnf');
  const accountsFile = path.join(layout.folder, 'accounts.sql');
  await writePrivateFile(accountsFile, accountStatements(state.password));
  await writePrivateFile(optionFile, serverOptions({ layout, state, accountsFile }));
  return [
    {
      file: server,
      args: [`--defaults-file=${optionFile}`],
      env: serverEnvironment(layout),
      cwd: layout.folder,
      logFile: layout.logFile,
    },
  ];
}

/** Into a folder of another name first: one that was interrupted half-way is never taken for a database. */
async function installDataFolder(layout: StoreLayout, server: string): Promise<void> {
  const unfinished = `${layout.dataFolder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const env = serverEnvironment(layout);
  const run = promisify(execFile);
  const user = userInfo().username;
  const { stdout: version } = await run(server, ['--no-defaults', '--version'], { env });
  try {
    if (version.includes('MariaDB')) {
      await run(findInstaller(server, env.PATH ?? ''), [
        '--no-defaults',
        `--datadir=${unfinished}`,
        `--user=${user}`,
        '--auth-root-authentication-method=socket',
        `--auth-root-socket-user=${user}`,
        '--skip-test-db',
        '--skip-name-resolve',
      ], { env }); // prettier-ignore
    } else {
      await run(server, ['--no-defaults', '--initialize-insecure', `--datadir=${unfinished}`, `--user=${user}`], {
        env,
      });
    }
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new OperatorError({
      code: 'MIDDLEWARE_NOT_STARTED',
      message: `MySQL could not make its data folder in ${layout.folder}:\n${`${stdout}${stderr}`.trim().split('\n').slice(-10).join('\n')}`,
      suggestions: ['Check that the disk has room and the folder is writable, then: spikectl middleware up'],
      cause: error,
    });
  }
  await rename(unfinished, layout.dataFolder);
}

function findInstaller(server: string, searchPath: string): string {
  const beside = path.join(path.dirname(server), 'mariadb-install-db');
  const found = findBinary([beside, 'mariadb-install-db', 'mysql_install_db'], searchPath);
  if (found !== undefined) return found;
  throw new OperatorError({
    code: 'BINARY_MISSING',
    message: `${server} is installed, but not mariadb-install-db, which makes its data folder.`,
    suggestions: ['Install it: apt-get install mariadb-server-core mariadb-client-core'],
    exit: 5,
  });
}

/** Run by the server at each start, so that a changed password or a lost account mends itself. One statement a line. */
function accountStatements(password: string): string {
  const account = `'${PRIVATE_NAME}'@'127.0.0.1'`;
  return [
    `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY '${password}';`,
    `ALTER USER ${account} IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO ${account};`,
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`,
    `CREATE DATABASE IF NOT EXISTS ${PRIVATE_NAME} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;`,
    '',
  ].join('\n');
}

function serverOptions({
  layout,
  state,
  accountsFile,
}: {
  layout: StoreLayout;
  state: StoreState;
  accountsFile: string;
}): string {
  const asRoot = process.getuid?.() === 0 ? ['user=root'] : [];
  return [
    '[mysqld]',
    ...asRoot,
    `datadir=${layout.dataFolder}`,
    `socket=${path.join(layout.socketFolder, 'mysql.sock')}`,
    `pid-file=${path.join(layout.folder, 'mysql.pid')}`,
    `port=${state.port}`,
    'bind-address=127.0.0.1',
    'loose-mysqlx=OFF',
    `init-file=${accountsFile}`,
    'skip-name-resolve',
    'skip-log-bin',
    'local-infile=OFF',
    'performance-schema=OFF',
    ...tuning,
    '',
  ].join('\n');
}

const tuning = [
  'character-set-server=utf8mb4',
  'collation-server=utf8mb4_unicode_ci',
  "default-time-zone='+00:00'",
  // A stored order is on the disk before its message is acknowledged: that is what "durable" means here.
  'innodb-flush-log-at-trx-commit=1',
  `innodb-buffer-pool-size=${BUFFER_POOL}`,
  `max-connections=${CONNECTIONS_MAX}`,
  'max-allowed-packet=64M',
];

function serverEnvironment(layout: StoreLayout): Record<string, string> {
  return { PATH: machinePath(process.env.PATH), HOME: layout.folder, LC_ALL: 'C', TZ: 'UTC' };
}

function container(state: StoreState): ContainerSpec {
  return {
    image: 'mysql:8',
    port: 3306,
    dataPath: '/var/lib/mysql',
    environment: {
      MYSQL_ROOT_PASSWORD: state.password,
      MYSQL_DATABASE: PRIVATE_NAME,
      MYSQL_USER: PRIVATE_NAME,
      MYSQL_PASSWORD: state.password,
    },
    options: [],
    command: [
      '--skip-log-bin',
      '--mysqlx=OFF',
      '--skip-name-resolve',
      ...tuning.map((option) => `--${option.replaceAll("'", '')}`),
    ],
  };
}
