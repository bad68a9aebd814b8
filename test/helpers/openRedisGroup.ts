import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { findFreePort } from '../../src/daemon/findFreePort.js';
import { findSources } from '../../src/daemon/middleware/findSources.js';
import { eventually } from './eventually.js';
import { testMiddleware } from './testMiddleware.js';
import { undoAll, type Undo } from './undoAll.js';

/** Several Redis servers that take each other's place. */
export interface RedisGroup {
  url: string;
  /** kill -9 of the primary that holds this key; ends when another has taken its place. */
  killPrimaryOf(key: string): Promise<void>;
  close(): Promise<void>;
}

const PASSWORD = 'of-a-test-and-of-nothing-else';
const LOGIN = ['--requirepass', PASSWORD, '--masterauth', PASSWORD];
const IN_MEMORY = ['--save', '', '--appendonly', 'no', '--repl-diskless-sync-delay', '0'];
/** A server that says nothing for so long is taken for dead by the others; one that merely waits for its turn on a core is not. */
const DEAD_AFTER_MS = 5_000;
/** For servers to find each other, and to agree who takes the place of another. */
const AGREED_WITHIN_MS = 60_000;
const PRIMARIES = 3;

interface Server {
  port: number;
  client: Redis;
  kill(): void;
}

/** A Redis Cluster of three primaries, each with a replica. */
export function openRedisCluster(): Promise<RedisGroup> {
  return withServers(async (start) => {
    const servers: Server[] = [];
    for (let count = 0; count < PRIMARIES * 2; count += 1) {
      const bus = await findFreePort();
      servers.push(
        await start(
          ...['--cluster-enabled', 'yes', '--cluster-port', String(bus)],
          ...['--cluster-node-timeout', String(DEAD_AFTER_MS), ...LOGIN, ...IN_MEMORY],
        ),
      );
    }
    const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
    const creation = ['--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes'];
    await promisify(execFile)('redis-cli', creation, { env: { ...process.env, REDISCLI_AUTH: PASSWORD } });
    await Promise.all(servers.map(untilClusterIsUp));
    return {
      url: `redis+cluster://:${PASSWORD}@${addresses.slice(0, 2).join(',')}`,
      async killPrimaryOf(key) {
        const slot = await servers[0]!.client.cluster('KEYSLOT', key);
        const holder = await primaryOf(servers, slot);
        holder.kill();
        const rest = servers.filter((server) => server !== holder);
        await eventually(
          () => primaryOf(rest, slot).catch(() => holder),
          (server) => server !== holder,
          AGREED_WITHIN_MS,
        );
      },
    };
  });
}

/** One primary, one replica, and a Sentinel that watches them. */
export function openRedisSentinel(): Promise<RedisGroup> {
  return withServers(async (start) => {
    const primary = await start(...LOGIN, ...IN_MEMORY);
    const replica = await start(...LOGIN, ...IN_MEMORY, '--replicaof', '127.0.0.1', String(primary.port));
    await eventually(
      () => replica.client.info('replication'),
      (info) => info.includes('master_link_status:up'),
      AGREED_WITHIN_MS,
    );
    const sentinel = await start('--sentinel');
    const { client } = sentinel;
    await client.call('SENTINEL', 'MONITOR', 'spike', '127.0.0.1', String(primary.port), '1');
    const settings = { 'auth-pass': PASSWORD, 'down-after-milliseconds': DEAD_AFTER_MS, 'failover-timeout': 5_000 };
    await client.call('SENTINEL', 'SET', 'spike', ...Object.entries(settings).flat());
    await eventually(
      async () => (await client.call('SENTINEL', 'REPLICAS', 'spike')) as unknown[],
      (replicas) => replicas.length === 1,
      AGREED_WITHIN_MS,
    );
    return {
      url: `redis+sentinel://:${PASSWORD}@127.0.0.1:${sentinel.port}/spike`,
      async killPrimaryOf() {
        primary.kill();
        await eventually(
          () => replica.client.role(),
          ([role]) => role === 'master',
          AGREED_WITHIN_MS,
        );
      },
    };
  });
}

async function withServers(
  open: (start: (...options: string[]) => Promise<Server>) => Promise<Omit<RedisGroup, 'close'>>,
): Promise<RedisGroup> {
  const opened: Undo[] = [];
  const close = () => undoAll(opened);
  try {
    const home = await mkdtemp(path.join(testMiddleware().home, 'redis-group-'));
    opened.push(() => rm(home, { recursive: true, force: true }));
    const { redis: source } = await findSources({ home, environment: { PATH: process.env.PATH } });
    if (source?.kind !== 'binary') throw new Error('This test needs a Redis binary.');
    const group = await open(async (...options) => {
      const folder = await mkdtemp(path.join(home, 'server-'));
      const port = await findFreePort();
      const isSentinel = options.includes('--sentinel');
      // A Sentinel keeps what it knows in its configuration file, which must be there.
      const file = path.join(folder, 'redis.conf');
      await writeFile(file, '');
      const child = spawn(
        source.server,
        [file, '--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...options],
        { stdio: 'ignore' },
      );
      opened.push(() => end(child));
      const client = new Redis(port, '127.0.0.1', isSentinel ? {} : { password: PASSWORD });
      client.on('error', () => undefined);
      opened.push(() => client.disconnect());
      await client.ping();
      return { port, client, kill: () => void child.kill('SIGKILL') };
    });
    return { ...group, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

async function untilClusterIsUp({ client }: Server): Promise<void> {
  await eventually(
    () => client.cluster('INFO'),
    (info) => info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${PRIMARIES * 2}`),
    AGREED_WITHIN_MS,
  );
}

/** The server that the first that answers takes for the slot's primary. */
async function primaryOf(servers: readonly Server[], slot: number): Promise<Server> {
  const shards = await servers[0]!.client.cluster('SLOTS');
  const port = shards.find(([first, last]) => first <= slot && slot <= last)?.[2]?.[1];
  const server = servers.find((candidate) => candidate.port === port);
  if (server === undefined) throw new Error(`No server of the group holds slot ${slot}.`);
  return server;
}
