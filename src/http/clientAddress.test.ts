import { expect, test } from '@jest/globals';
import { clientAddress } from './clientAddress.js';
import type { Ctx } from './context.js';

function address(socket: string, forwarded: string | undefined, hops: number): string {
  const req = { socket: { remoteAddress: socket }, headers: { 'x-forwarded-for': forwarded } };
  return clientAddress({ req } as unknown as Ctx, hops);
}

test.each([
  ['10.0.0.9', undefined, 0, '10.0.0.9'],
  ['10.0.0.9', '1.2.3.4', 0, '10.0.0.9'],
  ['10.0.0.9', '1.2.3.4', 1, '1.2.3.4'],
  ['10.0.0.9', '6.6.6.6, 1.2.3.4', 1, '1.2.3.4'],
  ['10.0.0.9', '6.6.6.6, 1.2.3.4, 5.6.7.8', 2, '1.2.3.4'],
  ['10.0.0.9', '1.2.3.4', 3, '1.2.3.4'],
  ['10.0.0.9', 'nonsense', 1, '10.0.0.9'],
  ['::ffff:10.0.0.9', undefined, 0, '10.0.0.9'],
])('%s forwarded for %s through %d trusted proxies counts as %s', (socket, forwarded, hops, expected) =>
  expect(address(socket, forwarded, hops)).toBe(expected),
);

test('the addresses of one IPv6 network count as one', () => {
  const network = '2001:db8:0:1::/64';
  expect(address('2001:db8::1:0:0:0:1', undefined, 0)).toBe(network);
  expect(address('2001:0db8:0000:0001:ffff:ffff:ffff:ffff', undefined, 0)).toBe(network);
  expect(address('2001:db8:0:2::1', undefined, 0)).not.toBe(network);
  expect(address('::1', undefined, 0)).toBe('0:0:0:0::/64');
});
