import { once } from 'node:events';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { QueryTypes } from 'sequelize';
import { isPortFree } from '../../src/daemon/findFreePort.js';
import { findSources } from '../../src/daemon/middleware/findSources.js';
import { middlewareLogs } from '../../src/daemon/middleware/middlewareLogs.js';
import { middlewareStatus } from '../../src/daemon/middleware/middlewareStatus.js';
import { startMiddleware } from '../../src/daemon/middleware/startMiddleware.js';
import { stopMiddleware } from '../../src/daemon/middleware/stopMiddleware.js';
import { storeNames, type StoreName, type StoreState } from '../../src/daemon/middleware/store.js';
import { readStoreState, writeStoreState } from '../../src/daemon/middleware/storeState.js';
import { storeLayout } from '../../src/daemon/middleware/storeLayout.js';
import { identifyProcess, isRunning } from '../../src/daemon/processIdentity.js';
import { connectMysql } from '../../src/stores/mysql/connectMysql.js';
import { eventually } from '../helpers/eventually.js';
import { testMiddleware } from '../helpers/testMiddleware.js';

/** For three servers that make their data folders, stop and start again. */
jest.setTimeout(300_000);

let home: string;
const report = () => undefined;
const environment = { PATH: process.env.PATH };

beforeAll(async () => {
  // Deep, so that no socket fits into it.
  const base = await mkdtemp(path.join(tmpdir(), 'spike-middleware-'));
  home = path.join(base, 'a-folder-with-a-name-that-is-long', 'another-one-that-is-hardly-shorter', 'home');
});

afterAll(async () => {
  await stopMiddleware({ home, report });
  await rm(path.resolve(home, '../../..'), { recursive: true, force: true });
});

async function start() {
  return startMiddleware({ home, sources: await findSources({ home, environment }), report });
}

async function states(): Promise<Record<StoreName, StoreState>> {
  const entries = await Promise.all(storeNames.map(async (name) => [name, await readStoreState(home, name)]));
  return Object.fromEntries(entries) as Record<StoreName, StoreState>;
}

async function kill(name: StoreName): Promise<void> {
  const server = (await states())[name].processes.at(-1)!;
  process.kill(server.pid, 'SIGKILL');
  await eventually(
    () => isRunning(server),
    (running) => !running,
  );
}

describe('private middleware', () => {
  test('starts beside another set, and what is stored is there again after a stop and a start', async () => {
    const { urls, started } = await start();
    expect(started).toEqual(['mysql', 'redis', 'rabbitmq']);
    expect(new Set([...Object.values(urls), ...Object.values(testMiddleware().urls)]).size).toBe(6);

    const mysql = connectMysql({ url: urls.mysql, poolMax: 1 });
    await mysql.query('CREATE TABLE kept (id INT PRIMARY KEY)');
    await mysql.query('INSERT INTO kept VALUES (7)');
    const redis = new Redis(urls.redis);
    await redis.set('kept', '7');
    const broker = await connect(urls.rabbitmq);
    const channel = await broker.createConfirmChannel();
    await channel.assertQueue('kept', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    channel.sendToQueue('kept', Buffer.from('7'), { persistent: true });
    await channel.waitForConfirms();
    await Promise.all([mysql.close(), redis.quit(), broker.close()]);

    expect(await stopMiddleware({ home, report })).toEqual(['mysql', 'redis', 'rabbitmq']);
    const again = (await start()).urls;
    expect(again).toEqual(urls);
    const mysqlAgain = connectMysql({ url: again.mysql, poolMax: 1 });
    expect(await mysqlAgain.query('SELECT id FROM kept', { type: QueryTypes.SELECT })).toEqual([{ id: 7 }]);
    const redisAgain = new Redis(again.redis);
    expect(await redisAgain.get('kept')).toBe('7');
    const brokerAgain = await connect(again.rabbitmq);
    const message = await (await brokerAgain.createChannel()).get('kept', { noAck: true });
    expect(message && message.content.toString()).toBe('7');
    await Promise.all([mysqlAgain.close(), redisAgain.quit(), brokerAgain.close()]);
  });

  test('that runs is left alone by another start', async () => {
    const before = await states();
    const { started } = await start();
    expect(started).toEqual([]);
    expect(await states()).toEqual(before);
  });

  test('two starts at once start each store once', async () => {
    await kill('redis');
    const [one, other] = await Promise.all([start(), start()]);
    expect([...one.started, ...other.started]).toEqual(['redis']);
    expect(one.urls).toEqual(other.urls);
  });

  test.each(storeNames)('a %s that was killed is the only one that the next start starts', async (name) => {
    const before = await states();
    await kill(name);
    const status = await middlewareStatus({ home, environment });
    expect(status.filter((store) => store.status === 'running')).toHaveLength(2);
    const { started, urls } = await start();
    expect(started).toEqual([name]);
    expect(new URL(urls[name]).port).toBe(String(before[name].port));
    for (const other of storeNames.filter((one) => one !== name)) {
      expect((await states())[other]).toEqual(before[other]);
    }
  });

  test('a process that merely has the number of a dead server is neither taken for it nor killed', async () => {
    const [server] = (await states()).redis.processes;
    await kill('redis');
    // This very test has the number now; it started at another moment.
    const state = (await states()).redis;
    await writeStoreState(home, 'redis', { ...state, processes: [{ ...server!, pid: process.pid }] });
    const { started } = await start();
    expect(started).toEqual(['redis']);
    expect(await identifyProcess(process.pid)).toBeDefined();
  });

  test('status says what answers, with versions and without passwords', async () => {
    const status = await middlewareStatus({ home, environment });
    const text = JSON.stringify(status);
    for (const [name, { password }] of Object.entries(await states())) {
      expect(text).not.toContain(password);
      expect(status.find((store) => store.name === name)).toMatchObject({
        url: expect.stringContaining('***@127.0.0.1:'),
        version: expect.stringMatching(/^\d+\.\d+/),
        status: 'running',
      });
    }
    expect((await middlewareLogs({ home, name: 'mysql', lines: 200 })).join('\n')).toContain('ready for connections');
  });

  test('secrets are in no argument list, and in no file that others can read', async () => {
    const { stat } = await import('node:fs/promises');
    for (const name of storeNames) {
      const { password, processes } = (await states())[name];
      for (const { pid } of processes) {
        if (process.platform !== 'linux') continue;
        expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(password);
      }
      const { stateFile, folder } = storeLayout(home, name);
      expect((await stat(stateFile)).mode & 0o077).toBe(0);
      expect((await stat(folder)).mode & 0o077).toBe(0);
    }
  });

  test('a server that does not start is told with its last words, and leaves nothing behind', async () => {
    await stopMiddleware({ home, report });
    const { dataFolder } = storeLayout(home, 'redis');
    const manifest = path.join(dataFolder, 'appendonlydir', 'appendonly.aof.manifest');
    const good = await readFile(manifest, 'utf8');
    await writeFile(manifest, 'this is no manifest\n');
    const starting = start();
    await expect(starting).rejects.toMatchObject({
      code: 'MIDDLEWARE_NOT_STARTED',
      exit: 5,
      message: expect.stringMatching(/Redis did not start: it ended by itself[\s\S]*manifest/),
      suggestions: ['spikectl middleware logs redis', 'spikectl middleware up'],
    });
    await writeFile(manifest, good);
    expect((await start()).started).toEqual(['redis']);
  });

  test('a server that runs and does not answer is left alone, and named with its process and the way out', async () => {
    const { stateFile } = storeLayout(home, 'redis');
    const [server] = (await states()).redis.processes;
    const anHourAgo = new Date(Date.now() - 3_600_000);
    process.kill(server!.pid, 'SIGSTOP');
    try {
      const redisStatus = async () =>
        (await middlewareStatus({ home, environment })).find(({ name }) => name === 'redis');
      expect(await redisStatus()).toMatchObject({ status: 'starting', version: null });
      await utimes(stateFile, anHourAgo, anHourAgo);
      expect(await redisStatus()).toMatchObject({ status: 'unreachable', version: null });
      await expect(start()).rejects.toMatchObject({
        code: 'MIDDLEWARE_SILENT',
        exit: 5,
        message: expect.stringMatching(`^Redis runs \\(process ${server!.pid}\\) and does not answer: .*[^.]\\.$`),
        suggestions: [
          expect.stringMatching(`ps -o .* -p ${server!.pid}$`),
          'spikectl middleware logs redis',
          expect.stringContaining('spikectl middleware down'),
        ],
      });
    } finally {
      process.kill(server!.pid, 'SIGCONT');
    }
    expect((await start()).started).toEqual([]);
    expect((await states()).redis.processes).toEqual([server]);
  });

  test('a port that somebody else took meanwhile is replaced by a free one', async () => {
    await stopMiddleware({ home, report });
    const { createServer } = await import('node:net');
    const { port } = (await states()).redis;
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const { urls } = await start();
    expect(new URL(urls.redis).port).not.toBe(String(port));
    await new Promise((resolve) => other.close(resolve));
  });

  test('stop leaves no process and no port, Erlang name server included', async () => {
    const before = await states();
    await stopMiddleware({ home, report });
    for (const state of Object.values(before)) {
      for (const identity of state.processes) expect(await isRunning(identity)).toBe(false);
      for (const port of [state.port, state.epmdPort, state.distributionPort]) {
        if (port !== undefined) expect(await isPortFree(port)).toBe(true);
      }
    }
    const status = await middlewareStatus({ home, environment });
    expect(status.map((store) => store.status)).toEqual(['stopped', 'stopped', 'stopped']);
    expect(await stopMiddleware({ home, report })).toEqual([]);
  });

  test('a store that was handed in by URL is used and never stopped', async () => {
    const other = testMiddleware().urls;
    const given = {
      ...environment,
      SPIKE_MYSQL_URL: other.mysql,
      SPIKE_REDIS_URL: other.redis,
      SPIKE_RABBITMQ_URL: other.rabbitmq,
    };
    const sources = await findSources({ home, environment: given });
    expect(await startMiddleware({ home, sources, report })).toEqual({ urls: other, started: [] });
    await stopMiddleware({ home, report });
    const status = await middlewareStatus({ home, environment: given });
    expect(status.map((store) => store.status)).toEqual(['running', 'running', 'running']);
  });

  test('a store that was handed in and does not answer is named, with what to do', async () => {
    const given = { ...environment, SPIKE_REDIS_URL: 'redis://:secret@127.0.0.1:1/0' };
    const sources = await findSources({ home, environment: given });
    const starting = startMiddleware({ home, sources, report });
    await expect(starting).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
      exit: 5,
      message: expect.stringMatching(/^Redis is not reachable at redis:\/\/:\*\*\*@127\.0\.0\.1:1\/0/),
    });
    await stopMiddleware({ home, report });
  });
});
