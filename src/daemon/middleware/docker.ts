import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { writePrivateFile } from '../privateFile.js';
import { findBinary } from './machineFolders.js';
import type { StoreName, StoreState } from './store.js';
import type { ContainerSpec } from './storeDriver.js';
import { storeLayout } from './storeLayout.js';

const INFO_TIMEOUT_MS = 10_000;
/** Includes pulling the image over a slow line. */
const RUN_TIMEOUT_MS = 600_000;
const STOP_GRACE_SECONDS = 30;

const run = promisify(execFile);

/** The Docker client, if there is one and its engine really answers: a client alone runs nothing. */
export async function findDocker(searchPath: string): Promise<string | undefined> {
  const docker = findBinary(['docker'], searchPath);
  if (docker === undefined) return undefined;
  try {
    const { stdout } = await run(docker, ['info', '--format', '{{.ServerVersion}}'], { timeout: INFO_TIMEOUT_MS });
    return /^\d/.test(stdout.trim()) ? docker : undefined;
  } catch {
    return undefined;
  }
}

/** Container and volume of one store of one home: two homes on a machine never meet. */
export function containerName(home: string, name: StoreName): string {
  const hash = createHash('sha256').update(path.resolve(home)).digest('hex').slice(0, 10);
  return `spikectl-${hash}-${name}`;
}

/** The arguments of `docker run`, without a secret among them: those are in the environment file. */
export function containerArguments(options: {
  home: string;
  name: StoreName;
  state: StoreState;
  spec: ContainerSpec;
  environmentFile: string;
}): string[] {
  const { home, name, state, spec, environmentFile } = options;
  const container = containerName(home, name);
  return [
    'run',
    '--detach',
    '--name',
    container,
    '--label',
    'app=spikectl',
    '--publish',
    `127.0.0.1:${state.port}:${spec.port}`,
    '--volume',
    `${container}:${spec.dataPath}`,
    '--env-file',
    environmentFile,
    ...spec.options,
    spec.image,
    ...spec.command,
  ];
}

/** Makes the container anew on the volume that holds its data. */
export async function runContainer(options: {
  docker: string;
  home: string;
  name: StoreName;
  state: StoreState;
  spec: ContainerSpec;
}): Promise<void> {
  const environmentFile = path.join(storeLayout(options.home, options.name).folder, 'container.env');
  const lines = Object.entries(options.spec.environment).map(([key, value]) => `${key}=${value}`);
  await writePrivateFile(environmentFile, `${lines.join('\n')}\n`);
  await removeContainer(options);
  await run(options.docker, containerArguments({ ...options, environmentFile }), { timeout: RUN_TIMEOUT_MS });
}

export async function isContainerRunning(options: { docker: string; home: string; name: StoreName }): Promise<boolean> {
  try {
    const container = containerName(options.home, options.name);
    const { stdout } = await run(options.docker, ['inspect', '--format', '{{.State.Running}}', container]);
    return stdout.trim() === 'true';
  } catch {
    return false;
  }
}

/** Stops it gracefully and removes it; the data stay in the volume. */
export async function stopContainer(options: { docker: string; home: string; name: StoreName }): Promise<void> {
  if (!(await isContainerRunning(options))) return;
  const container = containerName(options.home, options.name);
  await run(options.docker, ['stop', '--time', String(STOP_GRACE_SECONDS), container]);
  await removeContainer(options);
}

export async function removeVolume(options: { docker: string; home: string; name: StoreName }): Promise<void> {
  await run(options.docker, ['volume', 'rm', '--force', containerName(options.home, options.name)]);
}

export async function containerLogs(options: {
  docker: string;
  home: string;
  name: StoreName;
  lines: number;
}): Promise<string[]> {
  const container = containerName(options.home, options.name);
  try {
    const { stdout, stderr } = await run(options.docker, ['logs', '--tail', String(options.lines), container]);
    return `${stdout}${stderr}`.trimEnd().split('\n');
  } catch {
    return [];
  }
}

async function removeContainer(options: { docker: string; home: string; name: StoreName }): Promise<void> {
  await run(options.docker, ['rm', '--force', containerName(options.home, options.name)]).catch((error: unknown) => {
    // That there is none to remove is the usual case and not a failure.
    if (!/no such container/i.test(String(error))) throw error;
  });
}
