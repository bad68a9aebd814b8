import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Launch } from '../launchProcess.js';
import { OperatorError } from '../operatorError.js';
import { makePrivateFolder, writePrivateFile } from '../privateFile.js';
import { findBinary, machinePath } from './machineFolders.js';
import { PRIVATE_NAME, type StoreState } from './store.js';
import type { ContainerSpec, PrepareOptions, StoreDriver } from './storeDriver.js';
import type { StoreLayout } from './storeLayout.js';

/** Long enough for a batch that waits for a MySQL that is down; the broker's half hour would close the channel. */
const CONSUMER_TIMEOUT_MS = 6 * 3_600_000;

/**
 * RabbitMQ with an Erlang name server (epmd) of its own: the machine's, if there is one, is neither used nor started, and
 * ours ends with the broker. Erlang's own ports stay on loopback as well.
 */
export const rabbitmqDriver: StoreDriver = {
  name: 'rabbitmq',
  startDeadlineMs: 120_000,
  stopDeadlineMs: 30_000,
  prepare,
  container,
};

async function prepare({ layout, state, server }: PrepareOptions): Promise<readonly Launch[]> {
  await makePrivateFolder(layout.dataFolder);
  const files = rabbitmqFiles(layout);
  await writePrivateFile(files.definitions, definitions(state.password));
  await writePrivateFile(files.options, serverOptions(files.definitions, state));
  await writePrivateFile(files.plugins, '[].\n');
  await writePrivateFile(files.environment, '');
  const env = rabbitmqEnvironment(layout, state);
  const common = { env, cwd: layout.folder, logFile: layout.logFile };
  const nameServer = findBinary(['epmd', '/usr/lib/erlang/bin/epmd'], env.PATH ?? '');
  if (nameServer === undefined) {
    throw new OperatorError({
      code: 'BINARY_MISSING',
      message: `${server} is installed, but not Erlang's epmd, which it needs.`,
      suggestions: ['Install it: apt-get install erlang-base'],
      exit: 5,
    });
  }
  return [
    { ...common, file: nameServer, args: ['-port', String(state.epmdPort), '-address', '127.0.0.1'] },
    { ...common, file: server, args: [] },
  ];
}

function rabbitmqFiles(layout: StoreLayout) {
  return {
    options: path.join(layout.folder, 'rabbitmq.conf'),
    definitions: path.join(layout.folder, 'definitions.json'),
    plugins: path.join(layout.folder, 'enabled_plugins'),
    environment: path.join(layout.folder, 'rabbitmq-env.conf'),
  };
}

/** What the server and its tools must be told to meet each other and nobody else. */
export function rabbitmqEnvironment(layout: StoreLayout, state: StoreState): Record<string, string> {
  const files = rabbitmqFiles(layout);
  return {
    PATH: machinePath(process.env.PATH),
    HOME: layout.folder,
    LANG: 'C.UTF-8',
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(state.epmdPort),
    RABBITMQ_NODENAME: `${PRIVATE_NAME}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(state.port),
    RABBITMQ_DIST_PORT: String(state.distributionPort),
    RABBITMQ_MNESIA_BASE: layout.dataFolder,
    RABBITMQ_LOG_BASE: layout.folder,
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: files.options,
    RABBITMQ_CONF_ENV_FILE: files.environment,
    RABBITMQ_ENABLED_PLUGINS_FILE: files.plugins,
    RABBITMQ_PID_FILE: path.join(layout.folder, 'rabbitmq.pid'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    // The start script then becomes the server instead of standing over it: the process we started is the one we stop.
    detached: '1',
  };
}

function serverOptions(definitionsFile: string, state: StoreState): string {
  return [
    `listeners.tcp.1 = 127.0.0.1:${state.port}`,
    `load_definitions = ${definitionsFile}`,
    'loopback_users = none',
    `consumer_timeout = ${CONSUMER_TIMEOUT_MS}`,
    'disk_free_limit.absolute = 64MB',
    'vm_memory_high_watermark.absolute = 1GB',
    'log.file = false',
    'log.console = true',
    'log.console.level = info',
    'log.connection.level = warning',
    '',
  ].join('\n');
}

/** The one user and vhost. Only a salted hash of the password is written here. */
function definitions(password: string): string {
  const salt = randomBytes(4);
  const hash = createHash('sha256').update(salt).update(password).digest();
  return JSON.stringify({
    users: [
      {
        name: PRIVATE_NAME,
        password_hash: Buffer.concat([salt, hash]).toString('base64'),
        hashing_algorithm: 'rabbit_password_hashing_sha256',
        tags: 'administrator',
      },
    ],
    vhosts: [{ name: PRIVATE_NAME }],
    permissions: [{ user: PRIVATE_NAME, vhost: PRIVATE_NAME, configure: '.*', write: '.*', read: '.*' }],
  });
}

function container(state: StoreState): ContainerSpec {
  return {
    image: 'rabbitmq:3',
    port: 5672,
    dataPath: '/var/lib/rabbitmq',
    environment: {
      RABBITMQ_DEFAULT_USER: PRIVATE_NAME,
      RABBITMQ_DEFAULT_PASS: state.password,
      RABBITMQ_DEFAULT_VHOST: PRIVATE_NAME,
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `-rabbit consumer_timeout ${CONSUMER_TIMEOUT_MS}`,
    },
    // The data folder is named after the host: a container that is made anew must have the same name to find it.
    options: ['--hostname', PRIVATE_NAME],
    command: [],
  };
}
