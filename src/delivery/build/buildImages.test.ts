import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildImages } from './buildImages.js';
import { parseRegistry } from './imageReference.js';
import type { BuildPlan } from './planBuild.js';

const plan: BuildPlan = {
  source: '.',
  tag: '1.4.0',
  registry: parseRegistry('registry.example.com/shop'),
  images: [{ service: 'user', reference: 'registry.example.com/shop/spike-user-service:1.4.0' }],
  platforms: [],
  cacheFrom: [],
  cacheTo: [],
  npmrc: undefined,
  nodeImage: undefined,
  builderOptions: [],
  pull: false,
  push: true,
  insecure: false,
  labels: {},
  createdAtSeconds: undefined,
  chartVersion: null,
  warnings: [],
};
const digest = `sha256:${'1'.repeat(64)}`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-build-test-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a builder was run for, and whether it was handed the login: `build yes`. */
async function build(changes: Partial<BuildPlan>, login: Record<string, string>): Promise<string[]> {
  const calls = path.join(folder, 'calls');
  const file = path.join(folder, 'buildah');
  await writeFile(
    file,
    `#!/bin/sh
[ "$REGISTRY_AUTH_FILE" = own ] && given=no || given=$(grep -q registry.example.com "$REGISTRY_AUTH_FILE" && echo yes)
echo "$1 $given" >> '${calls}'
for last in "$@"; do
  [ "$before" = --iidfile ] || [ "$before" = --digestfile ] && echo '${digest}' > "$last"
  before=$last
done
`,
  );
  await chmod(file, 0o755);
  const own = process.env.REGISTRY_AUTH_FILE;
  process.env.REGISTRY_AUTH_FILE = 'own';
  try {
    await buildImages({
      plan: { ...plan, ...changes },
      builder: { name: 'buildah', file },
      files: [],
      environment: { HOME: folder, XDG_RUNTIME_DIR: folder, ...login },
      signal: new AbortController().signal,
      async runSteps(steps) {
        for (const { run } of steps) await run(() => undefined);
      },
    });
  } finally {
    if (own === undefined) delete process.env.REGISTRY_AUTH_FILE;
    else process.env.REGISTRY_AUTH_FILE = own;
  }
  return (await readFile(calls, 'utf8')).trim().split('\n');
}

describe('the login of a pipeline', () => {
  const login = { SPIKE_REGISTRY_USERNAME: 'ci', SPIKE_REGISTRY_PASSWORD: 'a:b' };

  test.each<[what: string, changes: Partial<BuildPlan>, calls: string[]]>([
    ['pushes alone where nothing comes from the registry', {}, ['build no', 'push yes']],
    ['reads layers', { cacheFrom: ['registry.example.com/shop/cache'] }, ['build yes', 'push yes']],
    [
      'writes layers, without a push too',
      { cacheTo: ['type=registry,ref=registry.example.com/shop/cache'], push: false },
      ['build yes'],
    ],
    ['reads the base image', { nodeImage: 'registry.example.com/base/node:24' }, ['build yes', 'push yes']],
    ['is for no other registry', { cacheFrom: ['other.example.com/cache'], push: false }, ['build no']],
  ])('%s', async (_what, changes, calls) => {
    expect(await build(changes, login)).toEqual(calls);
  });

  test('is refused before anything is built where half of it is missing', async () => {
    await expect(build({}, { SPIKE_REGISTRY_USERNAME: 'ci' })).rejects.toMatchObject({ exit: 2 });
    await expect(readFile(path.join(folder, 'calls'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
