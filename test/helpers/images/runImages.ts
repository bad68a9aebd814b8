import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
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

/**
 * Starts the command of an image in a new container, with the machine's network.
 *
 * @param environment added to the image's own; values stay out of the argument list
 * @param command another one than the image's own
 */
export async function runImage(
  storage: ImageStorage,
  reference: string,
  environment: Readonly<Record<string, string>>,
  command?: readonly string[],
): Promise<RunningImage> {
  const { Entrypoint, Cmd } = await readImage(storage, reference);
  const words = command ?? [...(Entrypoint ?? []), ...Cmd];
  const container = (await storage.buildah('from', '--pull=false', reference)).trim();
  const names = Object.keys(environment).flatMap((name) => ['--env', name]);
  const child = spawn('buildah', ['run', ...names, container, '--', ...words], {
    env: { ...process.env, ...storage.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { ended, output: () => output, stop: () => stop(child, ended) };
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
