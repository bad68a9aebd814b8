import { buildFailure } from './buildFailure.js';

const failing = (...last: string[]) =>
  buildFailure({ builder: 'buildah', reference: 'spike-order-service:1.4.0', code: 1, last, log: '/tmp/order.log' });

describe('a build that failed', () => {
  test('shows the last lines, and says where all of them are', () => {
    expect(failing('src/a.ts(1,1): error', 'exit status 2')).toMatchObject({
      code: 'BUILD_FAILED',
      exit: 1,
      message:
        'spike-order-service:1.4.0 was not built: buildah ended with 1.\n  src/a.ts(1,1): error\n  exit status 2',
      suggestions: ['The whole log: /tmp/order.log'],
    });
  });

  test.each([
    [
      'buildah',
      'Error: creating build container: initializing source docker://node:24-slim: pinging container registry registry-1.docker.io: no such host',
    ],
    [
      'docker',
      'ERROR: failed to solve: node:24-slim: failed to resolve source metadata for docker.io/library/node:24-slim',
    ],
    ['docker', 'pull access denied for mirror/node, repository does not exist or may require authorization'],
  ])('because %s cannot get the base image ends with 5, and says how to name another', (_builder, line) => {
    expect(failing(line)).toMatchObject({
      code: 'BASE_IMAGE_UNREACHABLE',
      exit: 5,
      suggestions: [expect.stringContaining('--node-image'), 'The whole log: /tmp/order.log'],
    });
  });
});
