import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { findProgram } from '../../programs/findProgram.js';
import { runProgram } from '../../programs/runProgram.js';
import { registryLogin } from '../../registryLogin.js';

interface DockerConfig {
  auths?: Record<string, { auth?: string; username?: string; password?: string }>;
  credHelpers?: Record<string, string>;
  credsStore?: string;
}

export interface Credentials {
  username: string;
  password: string;
}

const HELPER_TIMEOUT_MS = 10_000;

/** Under which names a registry may stand in the file. */
function keysOf(host: string): string[] {
  const hub = host === 'registry-1.docker.io' ? ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io'] : [];
  return [host, `https://${host}`, `https://${host}/v1/`, `https://${host}/v2/`, ...hub];
}

/**
 * What a pipeline gives for the registry that it names in SPIKE_REGISTRY, and for no other; else what `docker login` (podman,
 * buildah with the same file) noted; undefined when that noted nothing.
 */
export async function readCredentials(
  host: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Credentials | undefined> {
  const named = (environment.SPIKE_REGISTRY ?? '').split('/')[0]!;
  const login = keysOf(host).includes(named) ? registryLogin(environment) : undefined;
  if (login !== undefined) return login;
  const folder = environment.DOCKER_CONFIG ?? path.join(environment.HOME ?? homedir(), '.docker');
  const config = await readConfig(path.join(folder, 'config.json'));
  const keys = keysOf(host);
  const helper = keys.map((key) => config.credHelpers?.[key]).find(Boolean) ?? config.credsStore;
  if (helper !== undefined) {
    const found = await askHelper(helper, keys);
    if (found !== undefined) return found;
  }
  for (const key of keys) {
    const { auth, username, password } = config.auths?.[key] ?? {};
    if (username !== undefined && password !== undefined) return { username, password };
    const decoded = auth === undefined ? '' : Buffer.from(auth, 'base64').toString();
    const at = decoded.indexOf(':');
    if (at > 0) return { username: decoded.slice(0, at), password: decoded.slice(at + 1) };
  }
  return undefined;
}

async function readConfig(file: string): Promise<DockerConfig> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DockerConfig;
  } catch {
    // None, or none that can be read: then we ask as anybody does.
    return {};
  }
}

async function askHelper(helper: string, keys: readonly string[]): Promise<Credentials | undefined> {
  const file = findProgram(`docker-credential-${helper}`);
  if (file === undefined) return undefined;
  for (const input of keys) {
    const { code, stdout } = await runProgram({ file, args: ['get'], input, timeoutMs: HELPER_TIMEOUT_MS });
    if (code !== 0) continue;
    const { Username: username, Secret: password } = JSON.parse(stdout) as { Username: string; Secret: string };
    return { username, password };
  }
  return undefined;
}
