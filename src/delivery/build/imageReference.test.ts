import { checkTag, imageReference, isLoopback, parseRegistry } from './imageReference.js';

describe('a registry', () => {
  test.each([
    ['registry.example.com', { host: 'registry.example.com', path: '' }],
    ['registry.example.com:5000/shop', { host: 'registry.example.com:5000', path: 'shop' }],
    ['localhost', { host: 'localhost', path: '' }],
    ['127.0.0.1:5000', { host: '127.0.0.1:5000', path: '' }],
    ['[::1]:5000/a/b__c-d', { host: '[::1]:5000', path: 'a/b__c-d' }],
    ['builder:5000', { host: 'builder:5000', path: '' }],
    ['GHCR.io/shop/', { host: 'ghcr.io', path: 'shop' }],
  ])('%s is read as host and path', (text, registry) => {
    expect(parseRegistry(text)).toEqual(registry);
  });

  test.each([
    ['https://registry.example.com/shop', 'has a scheme', '--registry registry.example.com/shop'],
    ['shop', 'does not begin with a host', 'For Docker Hub: --registry docker.io/shop'],
    ['shop/team', 'does not begin with a host', 'Write it as host[:port][/path]'],
    ['registry.example.com:99999', 'does not begin with a host', 'Write it as'],
    ['registry.example.com:0', 'does not begin with a host', 'Write it as'],
    ['registry.example.com/Shop', "has the part 'Shop'", 'Write it as'],
    ['registry.example.com//shop', "has the part ''", 'Write it as'],
    ['user@registry.example.com', 'does not begin with a host', 'Write it as'],
    ['', 'does not begin with a host', 'Write it as'],
  ])('%s is refused with what to type', (text, message, suggestion) => {
    expect(failureOf(() => parseRegistry(text))).toMatchObject({
      exit: 2,
      message: expect.stringContaining(message),
      suggestions: expect.arrayContaining([expect.stringContaining(suggestion)]),
    });
  });

  test.each([
    ['localhost:5000', true],
    ['127.0.0.1:5000', true],
    ['127.1.2.3', true],
    ['[::1]:5000', true],
    ['registry.example.com', false],
    ['127.example.com', false],
  ])('%s is on this machine: %s', (text, expected) => {
    expect(isLoopback(parseRegistry(text))).toBe(expected);
  });
});

describe('a tag', () => {
  test.each(['1.4.0', '0.2.0-g7bcd52c86d20-dirty', '_x', 'a'.repeat(128)])('%s is taken', (tag) => {
    expect(checkTag(tag)).toBe(tag);
  });

  test.each(['', '.1', '-1', '1.0+2', 'a b', 'a'.repeat(129), 'a/b'])('%j is refused', (tag) => {
    expect(failureOf(() => checkTag(tag))).toMatchObject({ exit: 2, message: expect.stringContaining('is not a tag') });
  });

  test('latest is refused: nothing could be rolled back to it', () => {
    expect(failureOf(() => checkTag('latest'))).toMatchObject({ exit: 2, code: 'USAGE' });
  });
});

describe('a reference', () => {
  test('is registry, name of the service and tag', () => {
    const registry = parseRegistry('registry.example.com:5000/shop');
    expect(imageReference('order', '1.4.0', registry)).toBe('registry.example.com:5000/shop/spike-order-service:1.4.0');
    expect(imageReference('user', '1.4.0', parseRegistry('ghcr.io'))).toBe('ghcr.io/spike-user-service:1.4.0');
    expect(imageReference('user', '1.4.0', undefined)).toBe('spike-user-service:1.4.0');
  });
});

function failureOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('It was not refused.');
}
