import type { Launch } from '../launchProcess.js';
import path from 'node:path';
import { makePrivateFolder, writePrivateFile } from '../privateFile.js';
import { machinePath } from './machineFolders.js';
import type { StoreState } from './store.js';
import type { ContainerSpec, PrepareOptions, StoreDriver } from './storeDriver.js';

export const redisDriver: StoreDriver = {
  name: 'redis',
  startDeadlineMs: 30_000,
  stopDeadlineMs: 15_000,
  prepare,
  container,
};

async function prepare({ layout, state, server }: PrepareOptions): Promise<readonly Launch[]> {
  await makePrivateFolder(layout.dataFolder);
  const optionFile = path.join(layout.folder, 'redis.conf');
  await writePrivateFile(optionFile, serverOptions(layout.dataFolder, state));
  return [
    {
      file: server,
      args: [optionFile],
      env: { PATH: machinePath(process.env.PATH), HOME: layout.folder, LC_ALL: 'C' },
      cwd: layout.folder,
      logFile: layout.logFile,
    },
  ];
}

function serverOptions(dataFolder: string, state: StoreState): string {
  return [
    'bind 127.0.0.1',
    `port ${state.port}`,
    `requirepass ${state.password}`,
    `dir ${JSON.stringify(dataFolder)}`,
    'daemonize no',
    ...durability,
    '',
  ].join('\n');
}

const durability = [
  'appendonly yes',
  // At most one second of reservations is lost with the machine; they are rebuilt from MySQL and the queue.
  'appendfsync everysec',
  // The append-only file is the one copy; snapshots beside it would only cost forks.
  'save ""',
  'maxmemory-policy noeviction',
];

/** The server reads its configuration from standard input, so that the password is in no argument list in there either. */
function container(state: StoreState): ContainerSpec {
  const lines = ['dir /data', ...durability].map((line) => `'${line}'`).join(' ');
  const script = `printf '%s\\n' "requirepass $REDIS_PASSWORD" ${lines} | exec redis-server -`;
  return {
    image: 'redis:7',
    port: 6379,
    dataPath: '/data',
    environment: { REDIS_PASSWORD: state.password },
    options: ['--user', 'redis'],
    command: ['sh', '-c', script],
  };
}
