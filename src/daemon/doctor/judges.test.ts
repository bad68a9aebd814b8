import { describe, expect, it } from '@jest/globals';
import type { Verdict } from './check.js';
import { judgeClock } from './checks/clock.js';
import { judgeDeadLetters } from './checks/deadLetters.js';
import { judgeDisk } from './checks/disk.js';
import { judgeHealth } from './checks/health.js';
import { judgeLocks } from './checks/locks.js';
import { judgeLogs } from './checks/logs.js';
import { judgeMigrations } from './checks/migrations.js';
import { judgeMysqlSettings } from './checks/mysqlSettings.js';
import { judgeNode } from './checks/node.js';
import { judgePorts } from './checks/ports.js';
import { judgeProcesses } from './checks/processes.js';
import { judgeQueues } from './checks/queues.js';
import { judgeRedisMemory } from './checks/redisMemory.js';
import { judgeRedisPersistence } from './checks/redisPersistence.js';
import { judgeRedisScripts } from './checks/redisScripts.js';
import { judgeRights } from './checks/rights.js';
import { judgeServers } from './checks/servers.js';
import { judgeSettings } from './checks/settings.js';
import { judgeStore } from './checks/stores.js';

type Case = [title: string, verdict: Verdict, expected: Partial<Record<keyof Verdict, unknown>> | Verdict['status']];

function cases(all: Case[]): void {
  it.each(all)('%s', (_title, verdict, expected) => {
    expect(verdict).toMatchObject(typeof expected === 'string' ? { status: expected } : expected);
    if (verdict.status === 'ok') expect(verdict).toMatchObject({ fix: null, fixable: false });
    expect(verdict.evidence).not.toBe('');
  });
}

describe('this machine', () => {
  const node = { running: '24.21.0', file: 'node', pinned: '24.21.0' };
  const file = { path: 'local.json', isFolder: false, mode: 0o100600, owner: 7 };
  const folder = { path: 'home', isFolder: true, mode: 0o40755, owner: 7 };
  const lock = { file: 'lock', ageMs: 60_000 };
  const port = { name: 'user', port: 8080, isFree: true, isRunning: false, holder: undefined } as const;
  cases([
    ['the pinned Node is well', judgeNode(node), 'ok'],
    ['a Node below the floor is a problem', judgeNode({ ...node, running: '18.20.0' }), 'problem'],
    ['an older Node than the pinned one is slower', judgeNode({ ...node, running: '20.19.0' }), 'warning'],
    ['no pinned Node at all is slower', judgeNode({ ...node, pinned: undefined }), { fix: 'npm ci --include=dev' }],
    ['settings in force are well', judgeSettings({ given: { A: '1' }, inForce: { A: '1', B: '2' } }), 'ok'],
    [
      'a setting that waits for a restart is named',
      judgeSettings({ given: { A: '2' }, inForce: { A: '1' } }),
      { status: 'warning', fix: 'spikectl daemon restart', evidence: expect.stringContaining('A') },
    ],
    ['settings wait for nothing while nothing runs', judgeSettings({ given: { A: '2' }, inForce: undefined }), 'ok'],
    ['secrets that are closed to others are well', judgeRights([file, folder], 7), 'ok'],
    [
      'a secret that others can read is closed by --fix',
      judgeRights([{ ...file, mode: 0o100644 }], 7),
      { status: 'problem', fixable: true },
    ],
    [
      'a folder that others can write into is closed',
      judgeRights([{ ...folder, mode: 0o40777 }], 7),
      { status: 'problem', fixable: true },
    ],
    [
      "somebody else's file is theirs to give back",
      judgeRights([{ ...file, owner: 8 }], 7),
      { status: 'problem', fixable: false },
    ],
    ['much free space is well', judgeDisk({ folder: 'home', freeBytes: 5e9 }), 'ok'],
    ['half a gigabyte is little', judgeDisk({ folder: 'home', freeBytes: 5e8 }), 'warning'],
    ['less than the broker needs is a problem', judgeDisk({ folder: 'home', freeBytes: 1e8 }), 'problem'],
    ['small logs are well', judgeLogs([{ file: 'a.log', bytes: 1_000 }]), 'ok'],
    ['a large log is cut by --fix', judgeLogs([{ file: 'a.log', bytes: 2e8 }]), { status: 'warning', fixable: true }],
    ['a lock of a process that lives is in use', judgeLocks([{ ...lock, holder: 'alive' }]), 'ok'],
    ['a lock that is just being signed is left alone', judgeLocks([{ ...lock, ageMs: 5, holder: 'nobody' }]), 'ok'],
    [
      'a lock of a process that died is removed by --fix',
      judgeLocks([{ ...lock, holder: 'dead' }]),
      { status: 'warning', fixable: true },
    ],
    ['a lock that nobody signed is removed by --fix', judgeLocks([{ ...lock, holder: 'nobody' }]), { fixable: true }],
    ['a free port is well', judgePorts([port]), 'ok'],
    ['a port that its own service has is well', judgePorts([{ ...port, isFree: false, isRunning: true }]), 'ok'],
    [
      'a port that somebody else has is named with who',
      judgePorts([{ ...port, isFree: false, holder: 'nginx (process 5)' }]),
      { status: 'problem', evidence: expect.stringContaining('nginx (process 5)') },
    ],
    ['two services on one port cannot both run', judgePorts([port, { ...port, name: 'order' }]), 'problem'],
    [
      'a store that could come from nowhere is installed by up',
      judgeServers({ mysql: null, redis: { kind: 'url', url: 'redis://r' }, rabbitmq: null }),
      { status: 'problem', fix: 'spikectl up --yes' },
    ],
  ]);
});

describe('the stores', () => {
  const answers = (version: string) => ({ state: 'answers', where: 'here', facts: { version } }) as const;
  const away = { state: 'away', why: 'connection refused', where: 'here' } as const;
  const mysql = { sqlMode: 'STRICT_TRANS_TABLES,NO_ZERO_DATE', flushLogAtCommit: 1, connectionsMax: 300, poolMax: 10 };
  const memory = { maxmemoryPolicy: 'noeviction', maxmemoryBytes: 0, usedBytes: 1e6 };
  const redis = { role: 'master', isCluster: false, isClusterUrl: false, isAppendOnly: true, isLastWriteOk: true };
  cases([
    ['MySQL 8.0.16 is new enough', judgeStore('mysql', answers('8.0.16')), 'ok'],
    ['MySQL 5.7 is too old', judgeStore('mysql', answers('5.7.44')), 'problem'],
    ['MariaDB 10.11 is new enough', judgeStore('mysql', answers('10.11.6-MariaDB')), 'ok'],
    ['MariaDB 10.5 is too old', judgeStore('mysql', answers('10.5.23-MariaDB-1')), 'problem'],
    ['Redis 6.0 is new enough', judgeStore('redis', answers('6.0.16')), 'ok'],
    ['Redis 5 is too old', judgeStore('redis', answers('5.0.14')), 'problem'],
    ['RabbitMQ 3.10 is new enough', judgeStore('rabbitmq', answers('3.10.8')), 'ok'],
    ['RabbitMQ 3.9 is too old', judgeStore('rabbitmq', answers('3.9.28')), 'problem'],
    [
      'a private store that is down is started by --fix',
      judgeStore('redis', { ...away, isPrivate: true }),
      { status: 'problem', fixable: true },
    ],
    [
      'a given store that is down is not ours to start',
      judgeStore('redis', { ...away, isPrivate: false }),
      { status: 'problem', fixable: false },
    ],
    [
      'a store that never was is skipped',
      judgeStore('redis', { state: 'none' }),
      { status: 'skipped', fix: 'spikectl up' },
    ],
    ['the settings of MySQL that count are well', judgeMysqlSettings(mysql), 'ok'],
    ['commits that are not on the disk are named', judgeMysqlSettings({ ...mysql, flushLogAtCommit: 2 }), 'warning'],
    ['a MySQL that cuts values is named', judgeMysqlSettings({ ...mysql, sqlMode: '' }), 'warning'],
    ['too few connections are named', judgeMysqlSettings({ ...mysql, connectionsMax: 20 }), 'warning'],
    ['a schema of today is well', judgeMigrations({ known: ['1', '2'], applied: ['1', '2'] }), 'ok'],
    [
      'a schema that lacks one is migrated by --fix',
      judgeMigrations({ known: ['1', '2'], applied: ['1'] }),
      { status: 'problem', fixable: true, fix: 'spikectl db migrate' },
    ],
    ['a schema of tomorrow is named', judgeMigrations({ known: ['1'], applied: ['1', '2'] }), 'warning'],
    ['a Redis that evicts nothing is well', judgeRedisMemory(memory), 'ok'],
    [
      'a Redis that will evict stock is a problem',
      judgeRedisMemory({ ...memory, maxmemoryPolicy: 'allkeys-lru', maxmemoryBytes: 1e8 }),
      'problem',
    ],
    [
      'a Redis that would evict, had it a bound, is named',
      judgeRedisMemory({ ...memory, maxmemoryPolicy: 'allkeys-lru' }),
      'warning',
    ],
    ['a Redis that is nearly full is named', judgeRedisMemory({ ...memory, maxmemoryBytes: 1_100_000 }), 'warning'],
    ['a Redis that keeps what it is told is well', judgeRedisPersistence(redis), 'ok'],
    ['a Redis without append-only file forgets', judgeRedisPersistence({ ...redis, isAppendOnly: false }), 'warning'],
    ['a Redis that cannot write is a problem', judgeRedisPersistence({ ...redis, isLastWriteOk: false }), 'problem'],
    ['a replica is a problem', judgeRedisPersistence({ ...redis, role: 'slave' }), 'problem'],
    ['a node of a Redis Cluster alone is a problem', judgeRedisPersistence({ ...redis, isCluster: true }), 'problem'],
    [
      'a Redis Cluster that is named as one is well',
      judgeRedisPersistence({ ...redis, isCluster: true, isClusterUrl: true }),
      'ok',
    ],
    ['scripts that load are well', judgeRedisScripts({ scripts: 10, refusedScripts: {} }), 'ok'],
    [
      'a script that is refused is named with the reason',
      judgeRedisScripts({ scripts: 10, refusedScripts: { reserve: 'NOPERM' } }),
      { status: 'problem', evidence: expect.stringContaining('reserve (NOPERM)') },
    ],
  ]);
});

describe('queues, clocks and processes', () => {
  const queue = { name: 'orders', depth: { ready: 0, consumers: 1 } };
  const deadQueue = { name: 'dead', depth: { ready: 0, consumers: 0 } };
  const queues = { queue, deadQueue, isConsumerHere: true };
  const online = { name: 'order', status: 'online', restarts: 0 } as const;
  const healthy = { name: 'order', url: 'http://127.0.0.1:1', isAlive: true, lacks: undefined } as const;
  cases([
    ['a queue that somebody reads is well', judgeQueues(queues), 'ok'],
    [
      'a queue that nobody reads is a problem',
      judgeQueues({ ...queues, queue: { ...queue, depth: { ready: 5, consumers: 0 } } }),
      'problem',
    ],
    [
      'a queue that grows is named',
      judgeQueues({ ...queues, queue: { ...queue, depth: { ready: 50_000, consumers: 1 } } }),
      'warning',
    ],
    [
      'a queue that is gone under its consumer is a problem',
      judgeQueues({ ...queues, queue: { ...queue, depth: null } }),
      'problem',
    ],
    [
      'queues that were never needed are missing rightly',
      judgeQueues({ ...queues, queue: { ...queue, depth: null }, isConsumerHere: false }),
      'skipped',
    ],
    ['no dead letter is well', judgeDeadLetters(deadQueue), 'ok'],
    ['a dead letter is a problem', judgeDeadLetters({ name: 'dead', depth: { ready: 1, consumers: 0 } }), 'problem'],
    ['clocks that agree are well', judgeClock({ Redis: { offsetMs: -20, errorMs: 1 } }), 'ok'],
    ['a clock that may only seem wrong is no finding', judgeClock({ Redis: { offsetMs: 900, errorMs: 800 } }), 'ok'],
    ['a clock a second off is named', judgeClock({ Redis: { offsetMs: -1_000, errorMs: 1 } }), 'warning'],
    [
      'a clock a minute off is a problem, whichever it is',
      judgeClock({ Redis: { offsetMs: 0, errorMs: 1 }, MySQL: { offsetMs: 60_000, errorMs: 1 } }),
      { status: 'problem', evidence: expect.stringContaining('MySQL') },
    ],
    ['no other clock is no finding', judgeClock({}), 'skipped'],
    ['processes that run are well', judgeProcesses([online], true), 'ok'],
    ['a process that was restarted is named', judgeProcesses([{ ...online, restarts: 3 }], true), 'warning'],
    [
      'a process that is down is started by --fix',
      judgeProcesses([{ ...online, status: 'stopped' }], true),
      { status: 'problem', fixable: true },
    ],
    [
      'a process that fails again and again is not started once more',
      judgeProcesses([{ ...online, status: 'errored' }], true),
      { status: 'problem', fixable: false, fix: 'spikectl daemon logs order' },
    ],
    [
      'where nothing was ever started nothing is down',
      judgeProcesses([{ ...online, status: 'stopped' }], false),
      'skipped',
    ],
    ['services that say ready are well', judgeHealth([healthy]), 'ok'],
    [
      'a service that hangs is a problem',
      judgeHealth([{ ...healthy, isAlive: false }]),
      { status: 'problem', fix: 'spikectl daemon restart order' },
    ],
    [
      'a service that misses a store says which',
      judgeHealth([{ ...healthy, lacks: 'it does not reach redis' }]),
      { status: 'problem' },
    ],
    ['no service is no finding', judgeHealth([]), 'skipped'],
  ]);
});
