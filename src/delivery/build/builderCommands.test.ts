import { buildArgs, digestInOutput, pushArgs, type ImageBuild } from './builderCommands.js';

const plain: ImageBuild = {
  service: 'order',
  reference: 'registry.example.com/shop/spike-order-service:1.4.0',
  dockerfile: '/tmp/x/Dockerfile',
  source: '/clone',
  platforms: [],
  cacheFrom: [],
  cacheTo: [],
  npmrc: undefined,
  pull: false,
  labels: {},
  createdAtSeconds: undefined,
  idFile: '/tmp/x/order.id',
  builderOptions: [],
};

const full: ImageBuild = {
  ...plain,
  platforms: ['linux/amd64', 'linux/arm64'],
  cacheFrom: ['registry.example.com/cache'],
  cacheTo: ['registry.example.com/cache'],
  npmrc: '/clone/.npmrc',
  pull: true,
  labels: { 'org.opencontainers.image.version': '1.4.0' },
  createdAtSeconds: 1_700_000_000,
  builderOptions: ['--network=host'],
};

describe('the command that builds one image', () => {
  test('docker goes through buildx, loads what it built, and says where its id is', () => {
    expect(buildArgs('docker', plain).join(' ')).toBe(
      'buildx build --progress plain --load --tag registry.example.com/shop/spike-order-service:1.4.0 --file /tmp/x/Dockerfile --target order --iidfile /tmp/x/order.id /clone',
    );
  });

  test.each(['podman', 'buildah'] as const)(
    '%s makes the format that has a health check, keeps the layers the images share, no container, and takes the base image that is here',
    (builder) => {
      expect(buildArgs(builder, plain).join(' ')).toBe(
        'build --format docker --layers --force-rm --tag registry.example.com/shop/spike-order-service:1.4.0 --pull=false --ignorefile /tmp/x/Dockerfile.dockerignore --file /tmp/x/Dockerfile --target order --iidfile /tmp/x/order.id /clone',
      );
    },
  );

  test('docker is given platforms, cache, secret, arguments, labels and options of its own', () => {
    const args = buildArgs('docker', full).join(' ');
    for (const part of [
      '--pull',
      '--platform linux/amd64 --platform linux/arm64',
      '--cache-from registry.example.com/cache --cache-to registry.example.com/cache',
      '--secret id=npmrc,src=/clone/.npmrc',
      '--build-arg SOURCE_DATE_EPOCH=1700000000',
      '--label org.opencontainers.image.version=1.4.0',
    ]) {
      expect(args).toContain(part);
    }
    expect(args).toMatch(/ --network=host \/clone$/);
  });

  test.each(['podman', 'buildah'] as const)(
    '%s makes a list of several platforms, and all files as old as the commit',
    (builder) => {
      const args = buildArgs(builder, full).join(' ');
      expect(args).toContain(
        `--manifest ${full.reference} --pull=true --ignorefile /tmp/x/Dockerfile.dockerignore --timestamp 1700000000 `,
      );
      expect(args).not.toContain('--tag');
      expect(args).toMatch(/ --network=host \/clone$/);
    },
  );
});

describe('the command that pushes one image', () => {
  const push = { reference: plain.reference, isList: false, digestFile: '/tmp/x/order.digest', insecure: false };

  test('docker prints the digest', () => {
    expect(pushArgs('docker', { ...push, insecure: true })).toEqual(['push', plain.reference]);
    const digest = `sha256:${'ab'.repeat(32)}`;
    expect(digestInOutput(`a1: Pushed\n1.4.0: digest: ${digest} size: 1573\n`)).toBe(digest);
    expect(digestInOutput('a1: Pushed\n')).toBeUndefined();
  });

  test.each(['podman', 'buildah'] as const)('%s writes it into a file', (builder) => {
    expect(pushArgs(builder, push)).toEqual(['push', '--digestfile', push.digestFile, plain.reference]);
    expect(pushArgs(builder, { ...push, insecure: true })).toContain('--tls-verify=false');
    expect(pushArgs(builder, { ...push, isList: true })).toEqual([
      ...['manifest', 'push', '--all', '--digestfile', push.digestFile],
      ...[plain.reference, `docker://${plain.reference}`],
    ]);
  });
});
