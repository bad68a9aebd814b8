import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { identifyProcess, isRunning } from './processIdentity.js';
import { stopProcess } from './stopProcess.js';

async function start(script: string) {
  const child = spawn(process.execPath, ['-e', `${script}; console.log('up'); setInterval(() => {}, 1000)`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return (await identifyProcess(child.pid!))!;
}

describe('stopping a process', () => {
  test('ends it by the signal it was asked with', async () => {
    const identity = await start('');
    expect(await stopProcess(identity, { deadlineMs: 5_000 })).toBe('stopped');
    expect(await isRunning(identity)).toBe(false);
  });

  test('kills one that does not listen', async () => {
    const identity = await start("process.on('SIGTERM', () => {})");
    expect(await stopProcess(identity, { deadlineMs: 100 })).toBe('killed');
    expect(await isRunning(identity)).toBe(false);
  });

  test('leaves another process alone that has got its number', async () => {
    const identity = await start('');
    const stranger = { ...identity, startedAt: 'at another moment' };
    expect(await stopProcess(stranger, { deadlineMs: 100 })).toBe('absent');
    expect(await isRunning(identity)).toBe(true);
    await stopProcess(identity, { deadlineMs: 5_000 });
  });

  test('finds nothing to do for one that never was', async () => {
    expect(await stopProcess({ pid: 0, startedAt: 'ended' }, { deadlineMs: 100 })).toBe('absent');
  });
});
