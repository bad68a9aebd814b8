import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { registryLogin } from '../registryLogin.js';
import type { BuilderName } from './builder.js';
import type { Registry } from './imageReference.js';

/**
 * What a builder gets into its environment so that it may push: nothing where it is logged in by itself, else a file with the
 * login that SPIKE_REGISTRY_USERNAME and SPIKE_REGISTRY_PASSWORD give, beside those for other registries. The password is never in an argument list, and the
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
  const key = loginKey(registry);
  const own = environment.DOCKER_CONFIG ?? path.join(environment.HOME ?? homedir(), '.docker');
  if (builder !== 'docker') {
    const file = path.join(folder, 'auth.json');
    const known = await Promise.all(loginFiles(environment, own).map(readConfig));
    await writeFile(file, JSON.stringify(withLogin(known, key, auth)), { mode: 0o600 });
    return { REGISTRY_AUTH_FILE: file };
  }
  // docker reads its plugins and contexts from the same folder as its logins.
  for (const name of await listNames(own)) {
    if (name !== 'config.json') await symlink(path.join(own, name), path.join(folder, name));
  }
  // A credential store would be asked instead of what is written here.
  const { credsStore: _store, credHelpers, ...config } = await readConfig(path.join(own, 'config.json'));
  const logins = withLogin([{ auths: config.auths, credHelpers }], key, auth);
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ ...config, ...logins }), { mode: 0o600 });
  return { DOCKER_CONFIG: folder };
}

/** What is known about logins already, the first of the files counting most, with this one in its place. */
function withLogin(known: readonly Record<string, unknown>[], key: string, auth: string): Record<string, unknown> {
  const join = (name: string): Record<string, unknown> =>
    Object.assign({}, ...known.map((config) => config[name]).reverse()) as Record<string, unknown>;
  const { [key]: _helper, ...credHelpers } = join('credHelpers');
  const auths = { ...join('auths'), [key]: { auth } };
  return Object.keys(credHelpers).length === 0 ? { auths } : { auths, credHelpers };
}

/** Where podman and buildah look for logins: in the file that they are told of and in no other, or in all of these. */
function loginFiles(environment: NodeJS.ProcessEnv, dockerFolder: string): string[] {
  const { REGISTRY_AUTH_FILE: told, XDG_RUNTIME_DIR: runtime, XDG_CONFIG_HOME: configured } = environment;
  if (told !== undefined) return [told];
  const settings = configured ?? path.join(environment.HOME ?? homedir(), '.config');
  return [
    runtime === undefined ? `/run/containers/${process.getuid?.()}/auth.json` : `${runtime}/containers/auth.json`,
    path.join(settings, 'containers', 'auth.json'),
    path.join(dockerFolder, 'config.json'),
  ];
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
