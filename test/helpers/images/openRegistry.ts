import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePort } from '../../../src/daemon/findFreePort.js';
import { eventually } from '../eventually.js';

/** A registry of images on this machine, empty, on a free port of loopback. */
export interface TestRegistry {
  host: string;
  /** The digest that it names a tag by; undefined when it does not know it. */
  digest(name: string, tag: string): Promise<string | undefined>;
  close(): Promise<void>;
}

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

/** The one login of a registry that asks for one; the registry reads nothing but bcrypt. */
export const registryLogin = {
  username: 'ci',
  password: 'hunter2',
  line: 'ci:$2b$05$abcdefghijklmnopqrstuuoXuKqgZXLiJqzfmMXDDhSFPIvxV7t8.',
};

export async function openRegistry(options: { asksLogin?: boolean } = {}): Promise<TestRegistry> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-registry-'));
  const host = `127.0.0.1:${await findFreePort()}`;
  const config = path.join(folder, 'config.json');
  // What is JSON is YAML.
  await writeFile(config, JSON.stringify(settings(folder, host, options.asksLogin === true)));
  await writeFile(path.join(folder, 'htpasswd'), `${registryLogin.line}\n`);
  const child = spawn('docker-registry', ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = once(child, 'close');
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`docker-registry ended:\n${log}`);
      return answers(`http://${host}/v2/`);
    }, Boolean);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    host,
    async digest(name, tag) {
      const answer = await fetch(`http://${host}/v2/${name}/manifests/${tag}`, {
        method: 'HEAD',
        headers: { accept: MANIFEST },
      });
      return answer.headers.get('docker-content-digest') ?? undefined;
    },
    close,
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).body?.cancel();
    return true;
  } catch {
    return false;
  }
}

function settings(folder: string, host: string, asksLogin: boolean): object {
  return {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: path.join(folder, 'data') } },
    http: { addr: host },
    ...(asksLogin ? { auth: { htpasswd: { realm: 'test', path: path.join(folder, 'htpasswd') } } } : {}),
  };
}
