import { isIPv4, isIPv6 } from 'node:net';
import type { Ctx } from './context.js';

/** Groups of an IPv6 address that one customer's network has in common: a /64 is one address to a limit. */
const IPV6_NETWORK_GROUPS = 4;

/**
 * The address that a limit counts. Of X-Forwarded-For only as many entries are believed as there are trusted proxies, from
 * the right: what stands further left, the client may have written itself.
 */
export function clientAddress(ctx: Ctx, trustedProxyHops: number): string {
  const socketAddress = ctx.req.socket.remoteAddress ?? '';
  const forwarded = ctx.req.headers['x-forwarded-for'];
  if (trustedProxyHops === 0 || forwarded === undefined) return network(socketAddress);
  const hops = String(forwarded).split(',');
  const entry = hops[Math.max(0, hops.length - trustedProxyHops)]!.trim();
  return network(isIPv4(entry) || isIPv6(entry) ? entry : socketAddress);
}

function network(address: string): string {
  const plain = address.startsWith('::ffff:') && isIPv4(address.slice(7)) ? address.slice(7) : address;
  if (!isIPv6(plain)) return plain;
  return `${expandGroups(plain).slice(0, IPV6_NETWORK_GROUPS).join(':')}::/64`;
}

function expandGroups(address: string): string[] {
  const [head = '', tail] = address.split('%', 1)[0]!.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(zeros).fill('0'), ...right].map((group) => group.replace(/^0+(?=.)/, ''));
}
