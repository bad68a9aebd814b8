import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePort } from '../../src/daemon/findFreePort.js';
import { eventually } from './eventually.js';
import { findPrometheus } from './promtool.js';

const READY_WITHIN_MS = 45_000;

/** A real Prometheus of one test alone. */
export interface Prometheus {
  /** What its API answers at `/api/v1/<path>`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  api(path: string, query?: Readonly<Record<string, string>>): Promise<any>;
  stop(): Promise<void>;
}

/** @param files what it reads, by name; `prometheus.yml` is its configuration */
export async function openPrometheus(files: Readonly<Record<string, string>>): Promise<Prometheus> {
  const file = findPrometheus('prometheus');
  if (file === undefined) throw new Error('prometheus is not installed: npm test installs it');
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-prometheus-'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const address = `127.0.0.1:${await findFreePort()}`;
  const child = spawn(
    file,
    [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  };
  try {
    await eventually(
      () =>
        fetch(`http://${address}/-/ready`).then(
          ({ status }) => status,
          () => undefined,
        ),
      (status) => status === 200,
      READY_WITHIN_MS,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    async api(route, query = {}) {
      const response = await fetch(`http://${address}/api/v1/${route}?${String(new URLSearchParams(query))}`);
      const { status, data, error } = (await response.json()) as { status: string; data?: unknown; error?: string };
      if (status !== 'success') throw new Error(`${route} ${JSON.stringify(query)}: ${error}`);
      return data;
    },
    stop,
  };
}
