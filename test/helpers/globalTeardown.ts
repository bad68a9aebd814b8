import { once } from 'node:events';
import type { HostHolder } from './globalSetup.js';

/** Lets the host stop the servers and remove their folder, and waits until it has. */
export default async function globalTeardown(): Promise<void> {
  const host = (globalThis as HostHolder).spikeMiddlewareHost;
  if (host?.exitCode !== null) return;
  host.ref();
  const ended = once(host, 'exit');
  if (host.connected) host.disconnect();
  const [code] = await ended;
  if (code !== 0) throw new Error(`The private servers did not stop cleanly (host ended with ${code}).`);
}
