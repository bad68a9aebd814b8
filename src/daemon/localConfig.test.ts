import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readLocalConfig, resolveEnvironment, writeLocalConfig } from './localConfig.js';
import { keptVariables, localDeployment, startedEnvironment } from './localDeployment.js';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'spike-local-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe("this machine's configuration", () => {
  test('keeps its secrets when the settings change', async () => {
    const first = await writeLocalConfig(home, { environment: {} });
    const second = await writeLocalConfig(home, { environment: { SPIKE_USER_PORT: '9080' } });
    expect(second.secrets).toEqual(first.secrets);
    expect(second.environment).toEqual({ SPIKE_USER_PORT: '9080' });
    expect(await readLocalConfig(home)).toEqual(second);
  });

  test('makes every secret up by itself, each another one', async () => {
    const { secrets } = await writeLocalConfig(home, { environment: {} });
    const values = Object.values(secrets);
    expect(new Set(values).size).toBe(5);
    for (const value of values) expect(value).toMatch(/^[0-9a-f]{64}$/);
  });

  test('can be read by its user alone', async () => {
    await writeLocalConfig(home, { environment: {} });
    expect((await stat(path.join(home, 'local.json'))).mode & 0o077).toBe(0);
  });

  test('keeps over a restart what is not given now, by name', async () => {
    await writeLocalConfig(home, { environment: { SPIKE_USER_PORT: '9080' }, file: { orderPort: 9084 } });
    const deployment = localDeployment({ environment: { SPIKE_HOME: home, SPIKE_USER_PORT: '9081' } });
    expect(await keptVariables(deployment)).toEqual(['SPIKE_ORDER_PORT']);
    expect(await startedEnvironment(deployment)).toMatchObject({ SPIKE_USER_PORT: '9081', SPIKE_ORDER_PORT: '9084' });
  });

  test('takes the environment before the file, and neither for what is as by default', () => {
    const sources = { environment: { SPIKE_USER_PORT: '9080' }, file: { userPort: 9081, orderPort: 9084 } };
    expect(resolveEnvironment(sources)).toEqual({ SPIKE_USER_PORT: '9080', SPIKE_ORDER_PORT: '9084' });
  });

  test('refuses a setting that is not valid, by name', () => {
    expect(() => resolveEnvironment({ environment: { SPIKE_USER_PORT: 'eighty' } })).toThrow(/userPort/);
    expect(() => resolveEnvironment({ environment: {}, file: { usrPort: 1 } })).toThrow(/usrPort/);
  });
});
