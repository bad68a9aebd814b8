import { parseRegistry } from './imageReference.js';
import { pushFailure } from './pushFailure.js';

const failing = (output: string, more: Partial<Parameters<typeof pushFailure>[0]> = {}) =>
  pushFailure({
    builder: 'buildah',
    registry: parseRegistry('registry.example.com/shop'),
    reference: 'registry.example.com/shop/spike-order-service:1.4.0',
    pushed: [],
    output,
    ...more,
  });

describe('a registry that does not take an image', () => {
  test.each([
    [
      'nobody answers',
      'Error: pushing image: pinging container registry 127.0.0.1:1: Get "https://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused',
      'REGISTRY_UNREACHABLE',
      5,
    ],
    [
      'its name is not known',
      'Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com: no such host',
      'REGISTRY_UNREACHABLE',
      5,
    ],
    [
      'nobody is logged in (buildah)',
      'Error: writing blob: unauthorized: authentication required',
      'REGISTRY_NOT_ALLOWED',
      4,
    ],
    ['nobody is logged in (docker)', 'denied: requested access to the resource is denied', 'REGISTRY_NOT_ALLOWED', 4],
    ['the login has no right to it', 'unexpected status from PUT request: 403 Forbidden', 'REGISTRY_NOT_ALLOWED', 4],
    [
      'it speaks http',
      'pinging container registry 127.0.0.1:5000: Get "https://127.0.0.1:5000/v2/": http: server gave HTTP response to HTTPS client',
      'REGISTRY_TLS',
      5,
    ],
    [
      'its certificate is unknown',
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'REGISTRY_TLS',
      5,
    ],
    [
      'it has no room',
      'Error: writing manifest: received unexpected HTTP status: 507 Insufficient Storage',
      'PUSH_FAILED',
      1,
    ],
  ])('%s: exit code and next step say so', (_what, output, code, exit) => {
    const error = failing(output);
    expect(error).toMatchObject({ code, exit });
    expect(error.message).toContain(output.slice(-40));
    expect(error.suggestions.length).toBeGreaterThan(0);
  });

  test('tells what was pushed before it', () => {
    expect(failing('connection refused').message).toContain('No image was pushed before it.');
    const pushed = ['registry.example.com/shop/spike-user-service:1.4.0'];
    expect(failing('connection refused', { pushed }).message).toContain(`Pushed before it: ${pushed[0]}.`);
  });

  test('the next step is one that this builder has', () => {
    const plainHttp = 'http: server gave HTTP response to HTTPS client';
    expect(failing(plainHttp).suggestions.join()).toContain('--insecure-registry');
    expect(failing(plainHttp, { builder: 'docker' }).suggestions.join()).toContain('insecure-registries');
    expect(failing('unauthorized', { builder: 'podman' }).suggestions).toContain('podman login registry.example.com');
  });
});
