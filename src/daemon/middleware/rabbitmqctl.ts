import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { containerName, findDocker } from './docker.js';
import { findBinary, machinePath } from './machineFolders.js';
import { rabbitmqEnvironment } from './rabbitmqDriver.js';
import { readStoreState } from './storeState.js';
import { storeLayout } from './storeLayout.js';

const TIMEOUT_MS = 30_000;

/**
 * Runs the broker's own tool against the private broker of this home.
 *
 * @returns what it printed
 */
export async function rabbitmqctl(home: string, args: readonly string[]): Promise<string> {
  const state = await readStoreState(home, 'rabbitmq');
  if (state === undefined) throw new Error(`There is no private RabbitMQ in ${home}.`);
  const run = promisify(execFile);
  const searchPath = machinePath(process.env.PATH);
  if (state.source === 'docker') {
    const docker = await findDocker(searchPath);
    if (docker === undefined) throw new Error('The Docker engine does not answer.');
    const exec = ['exec', containerName(home, 'rabbitmq'), 'rabbitmqctl', '--quiet', ...args];
    return (await run(docker, exec, { timeout: TIMEOUT_MS })).stdout;
  }
  const layout = storeLayout(home, 'rabbitmq');
  const tool = findBinary(['/usr/lib/rabbitmq/bin/rabbitmqctl', 'rabbitmqctl'], searchPath);
  if (tool === undefined) throw new Error(`rabbitmqctl is not installed (looked in ${searchPath}).`);
  const env = rabbitmqEnvironment(layout, state);
  const options = { env, timeout: TIMEOUT_MS, cwd: path.dirname(layout.folder) };
  return (await run(tool, ['--quiet', ...args], options)).stdout;
}
