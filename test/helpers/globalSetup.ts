import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A first start makes a data folder and boots an Erlang machine; two busy cores take their time. */
const START_DEADLINE_MS = 180_000;

/**
 * Starts one set of private servers for the run. A host process of their own (middlewareHost.ts) starts and holds them: it
 * stops them and removes their folder when told to, and by itself as soon as Jest disappears, however it ends.
 */
export default async function globalSetup(): Promise<void> {
  const host = spawn(
    process.execPath,
    ['--import', helper('runSources.js'), helper('middlewareHost.ts')],
    // A session of its own: Ctrl-C reaches Jest alone, whose end the host then notices and cleans up after.
    { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  (globalThis as HostHolder).spikeMiddlewareHost = host;
  process.env.SPIKE_TEST_MIDDLEWARE = await untilReady(host);
  host.unref();
  host.channel?.unref();
}

export interface HostHolder {
  spikeMiddlewareHost?: ChildProcess;
}

function helper(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function untilReady(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      host.disconnect();
      reject(new Error(`The private servers were not up within ${START_DEADLINE_MS} ms.`));
    }, START_DEADLINE_MS);
    host.once('error', reject);
    host.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The private servers did not start (host ended with ${code}); the reason is above.`));
    });
    host.once('message', (file) => {
      clearTimeout(timer);
      host.removeAllListeners('exit');
      resolve(file as string);
    });
  });
}
