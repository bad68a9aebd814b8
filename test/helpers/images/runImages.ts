import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from '../eventually.js';
import type { ImageStorage } from './openImageStorage.js';

const STOP_DEADLINE_MS = 20_000;

/** A process in a container of an image. */
export interface RunningImage {
  /** Waits for its end. @returns the exit code */
  ended: Promise<number | null>;
  output(): string;
  /** As a container engine stops it: SIGTERM to the image's own process, SIGKILL when it does not end. */
  stop(): Promise<number | null>;
}

/** What an image is made to run: its own command, as its own user. */
export interface ImageConfig {
  User: string;
  Env: string[];
  Entrypoint: string[] | null;
  Cmd: string[];
  WorkingDir: string;
  ExposedPorts: Record<string, object>;
  Healthcheck: { Test: string[] };
  Labels: Record<string, string>;
  StopSignal: string;
}

export async function readImage(storage: ImageStorage, reference: string): Promise<ImageConfig> {
  const inspected = JSON.parse(await storage.buildah('inspect', '--type', 'image', reference)) as {
    Docker: { config: ImageConfig };
  };
  return inspected.Docker.config;
}

/** Where a container finds the files with its secrets. */
const SECRETS_FOLDER = '/run/secrets';

/**
 * Starts the command of an image in a new container, with the machine's network.
 *
 * @param options.environment added to the image's own
 * @param options.secrets settings that it is handed as files, as clusters do it
 * @param options.command another one than the image's own
 */
export async function runImage(
  storage: ImageStorage,
  reference: string,
  options: {
    environment: Readonly<Record<string, string>>;
    secrets: Readonly<Record<string, string>>;
    command?: readonly string[];
  },
): Promise<RunningImage> {
  const { Entrypoint, Cmd } = await readImage(storage, reference);
  const words = options.command ?? [...(Entrypoint ?? []), ...Cmd];
  const container = (await storage.buildah('from', '--pull=false', reference)).trim();
  const files = Object.keys(options.secrets).map((name) => [`${name}_FILE`, `${SECRETS_FOLDER}/${name}`] as const);
  const given = [...Object.entries(options.environment), ...files].flatMap((each) => ['--env', each.join('=')]);
  const volume = `${await writeSecrets(storage, options.secrets)}:${SECRETS_FOLDER}:ro`;
  const child = spawn('buildah', ['run', ...given, '--volume', volume, container, '--', ...words], {
    env: { ...process.env, ...storage.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { ended, output: () => output, stop: () => stop(child, ended) };
}

/** The image's user has no name here: its files can be read by all, in a folder that only root can enter. */
async function writeSecrets(storage: ImageStorage, secrets: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(storage.folder, 'secrets-'));
  await chmod(folder, 0o755);
  for (const [name, value] of Object.entries(secrets)) await writeFile(path.join(folder, name), value);
  return folder;
}

async function stop(child: ChildProcess, ended: Promise<number | null>): Promise<number | null> {
  if (child.exitCode !== null) return ended;
  // The builder would kill the process at a signal of its own.
  const pid = await eventually(
    () => innermost(child.pid!),
    (found) => found !== child.pid,
  );
  process.kill(pid, 'SIGTERM');
  const killer = setTimeout(() => process.kill(pid, 'SIGKILL'), STOP_DEADLINE_MS);
  try {
    return await ended;
  } finally {
    clearTimeout(killer);
  }
}

/** The last in the chain of processes that each started the next. */
async function innermost(pid: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : '';
    const parent = /^.*\) \S (\d+)/.exec(stat)?.[1];
    if (parent !== undefined) parents.set(Number(parent), Number(name));
  }
  let last = pid;
  for (let child = parents.get(last); child !== undefined; child = parents.get(last)) last = child;
  return last;
}
