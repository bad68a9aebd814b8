import { containerArguments, containerName } from './docker.js';
import { drivers } from './drivers.js';
import { storeNames, type StoreState } from './store.js';

const state: StoreState = { source: 'docker', password: 'geheim', port: 23_456, processes: [] };

describe('a store in a container', () => {
  test.each(storeNames)('%s is published on loopback alone and keeps its data in a volume', (name) => {
    const spec = drivers[name].container(state);
    const args = containerArguments({ home: '/home/a', name, state, spec, environmentFile: '/f' });
    expect(args.join(' ')).toContain(`--publish 127.0.0.1:23456:${spec.port}`);
    expect(args.join(' ')).toContain(`--volume ${containerName('/home/a', name)}:${spec.dataPath}`);
  });

  test.each(storeNames)('%s is told its password by a file, never by an argument', (name) => {
    const spec = drivers[name].container(state);
    const args = containerArguments({ home: '/home/a', name, state, spec, environmentFile: '/f' });
    expect(args.join(' ')).not.toContain('geheim');
    expect(args.join(' ')).toContain('--env-file /f');
    expect(Object.values(spec.environment)).toContain('geheim');
  });

  test('of another home has another name', () => {
    expect(containerName('/home/a', 'redis')).not.toBe(containerName('/home/b', 'redis'));
  });

  test('runs with the same durability as an installed server', () => {
    expect(drivers.mysql.container(state).command).toContain('--innodb-flush-log-at-trx-commit=1');
    expect(drivers.redis.container(state).command.join(' ')).toContain("'appendonly yes'");
  });
});
