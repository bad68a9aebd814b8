import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseRegistry } from './imageReference.js';
import { writeLogin } from './writeLogin.js';

const registry = parseRegistry('registry.example.com:5000/shop');
const given = { SPIKE_REGISTRY_USERNAME: 'ci', SPIKE_REGISTRY_PASSWORD: 'a:b' };
const auth = Buffer.from('ci:a:b').toString('base64');

let folder: string;
/** Nothing of the machine that the tests run on. */
let login: Record<string, string>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-login-'));
  login = { ...given, HOME: folder, XDG_RUNTIME_DIR: folder };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the login that a pipeline gives', () => {
  test.each(['podman', 'buildah'] as const)('%s reads it from a file that nobody else can read', async (builder) => {
    const place = path.join(folder, 'login');
    const { REGISTRY_AUTH_FILE: file = '' } = await writeLogin({
      builder,
      registry,
      environment: login,
      folder: place,
    });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ auths: { 'registry.example.com:5000': { auth } } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('docker keeps its plugins and settings, and asks no store of credentials', async () => {
    const own = path.join(folder, 'own');
    await mkdir(path.join(own, 'cli-plugins'), { recursive: true });
    await writeFile(path.join(own, 'cli-plugins', 'docker-buildx'), 'plugin');
    await writeFile(path.join(own, 'config.json'), JSON.stringify({ currentContext: 'remote', credsStore: 'desktop' }));
    const environment = { ...login, DOCKER_CONFIG: own };
    const place = path.join(folder, 'login');
    const { DOCKER_CONFIG: config = '' } = await writeLogin({
      builder: 'docker',
      registry,
      environment,
      folder: place,
    });
    expect(JSON.parse(await readFile(path.join(config, 'config.json'), 'utf8'))).toEqual({
      currentContext: 'remote',
      auths: { 'registry.example.com:5000': { auth } },
    });
    expect(await readFile(path.join(config, 'cli-plugins', 'docker-buildx'), 'utf8')).toBe('plugin');
  });

  test('stands beside those of other registries, and takes the place of an older one', async () => {
    const others = { 'docker.io': { auth: 'aHVi' } };
    const helpers = { 'other.example': 'vault' };
    const known = {
      auths: { ...others, 'registry.example.com:5000': { auth: 'b2xk' } },
      credHelpers: { ...helpers, 'registry.example.com:5000': 'vault' },
    };
    const expected = { auths: { ...others, 'registry.example.com:5000': { auth } }, credHelpers: helpers };
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(known));
    await mkdir(path.join(folder, '.config', 'containers'), { recursive: true });
    await writeFile(path.join(folder, '.config', 'containers', 'auth.json'), JSON.stringify(known));
    const cases = [
      ['docker', { DOCKER_CONFIG: folder }],
      ['buildah', {}],
      ['podman', { REGISTRY_AUTH_FILE: path.join(folder, 'config.json') }],
    ] as const;
    for (const [builder, more] of cases) {
      const place = path.join(folder, builder);
      const environment = { ...login, ...more };
      const { REGISTRY_AUTH_FILE: file = path.join(place, 'config.json') } = await writeLogin({
        builder,
        registry,
        environment,
        folder: place,
      });
      expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(expected);
    }
  });

  test('is not there: the builder uses its own', async () => {
    expect(await writeLogin({ builder: 'docker', registry, environment: {}, folder })).toEqual({});
  });

  test('a password without a name, or a name without a password, is refused', async () => {
    for (const name of Object.keys(given)) {
      const environment = { [name]: 'x' };
      await expect(writeLogin({ builder: 'buildah', registry, environment, folder })).rejects.toMatchObject({
        exit: 2,
        message: `${name} is set alone.`,
      });
    }
  });
});
