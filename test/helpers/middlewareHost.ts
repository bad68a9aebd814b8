import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findSources } from '../../src/daemon/middleware/findSources.js';
import { startMiddleware } from '../../src/daemon/middleware/startMiddleware.js';
import { stopMiddleware } from '../../src/daemon/middleware/stopMiddleware.js';
import { stopServices } from '../../src/daemon/services/stopServices.js';
import type { TestMiddleware } from './testMiddleware.js';

/**
 * Holds the private servers of one test run: starts them in a folder of their own, tells the parent the file that describes
 * them, and ends (stopping and removing everything) when the parent lets go of the channel, willingly or by dying.
 */
const disconnected = new Promise<void>((resolve) => process.once('disconnect', resolve));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.disconnect());

const home = await mkdtemp(path.join(tmpdir(), 'spike-test-'));
const quiet = () => undefined;
try {
  // Configured servers are not ours to fill with test data: only what this machine has installed counts.
  const sources = await findSources({ home, environment: { PATH: process.env.PATH } });
  const { urls } = await startMiddleware({ home, sources, report: quiet });
  const file = path.join(home, 'test-middleware.json');
  await writeFile(file, JSON.stringify({ home, urls } satisfies TestMiddleware), { mode: 0o600 });
  if (process.connected) process.send?.(file);
  await disconnected;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  for (const system of await readdir(path.join(home, 'systems')).catch(() => [])) {
    await stopServices({ home: path.join(home, 'systems', system) });
  }
  await stopMiddleware({ home, report: quiet });
  await rm(home, { recursive: true, force: true });
  if (process.connected) process.disconnect();
}
