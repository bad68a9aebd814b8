import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { registryLogin } from '../registryLogin.js';
import type { BuilderName } from './builder.js';
import type { Registry } from './imageReference.js';

/**
 * What a builder gets into its environment so that it may push: nothing where it is logged in by itself, else a file with the
 * login that SPIKE_REGISTRY_USERNAME and SPIKE_REGISTRY_PASSWORD give. The password is never in an argument list, and the
 * file ends with the build.
 *
 * @param options.folder made for it, and only when it is needed
 * @throws DeliveryError when only one of the two is set
 */
export async function writeLogin(options: {
  builder: BuilderName;
  registry: Registry;
  environment: NodeJS.ProcessEnv;
  folder: string;
}): Promise<Record<string, string>> {
  const { builder, registry, environment, folder } = options;
  const login = registryLogin(environment);
  if (login === undefined) return {};
  await mkdir(folder, { mode: 0o700 });
  const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
  const auths = { [loginKey(registry)]: { auth } };
  if (builder !== 'docker') {
    const file = path.join(folder, 'auth.json');
    await writeFile(file, JSON.stringify({ auths }), { mode: 0o600 });
    return { REGISTRY_AUTH_FILE: file };
  }
  // docker reads its plugins and contexts from the same folder as its logins.
  const own = environment.DOCKER_CONFIG ?? path.join(environment.HOME ?? homedir(), '.docker');
  for (const name of await listNames(own)) {
    if (name !== 'config.json') await symlink(path.join(own, name), path.join(folder, name));
  }
  // A credential store would be asked instead of what is written here.
  const { credsStore: _store, credHelpers: _helpers, ...config } = await readConfig(path.join(own, 'config.json'));
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ ...config, auths }), { mode: 0o600 });
  return { DOCKER_CONFIG: folder };
}

/** Docker Hub's logins stand under the address of its first version. */
function loginKey({ host }: Registry): string {
  return host === 'docker.io' ? 'https://index.docker.io/v1/' : host;
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function readConfig(file: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
