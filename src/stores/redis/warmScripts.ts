import type { RedisStore } from './connectRedis.js';
import type { RedisClient } from './createRedisClient.js';
import { loadScripts } from './loadScript.js';
import { primaries } from './many.js';

/**
 * Gives every server each script now, so that no purchase is the one that brings it: the first call after a restart of Redis
 * would be refused and sent again with the whole text.
 *
 * @returns how many scripts there are, and how many of them the server that knows the fewest knows now
 */
export async function warmScripts({ client }: RedisStore): Promise<{ scripts: number; known: number }> {
  const texts = Object.values(loadScripts());
  const known = await Promise.all(primaries(client).map((server) => warm(server, texts)));
  return { scripts: texts.length, known: Math.min(...known) };
}

async function warm(server: RedisClient, texts: readonly string[]): Promise<number> {
  const hashes = await Promise.all(texts.map((text) => server.script('LOAD', text)));
  const known = (await server.script('EXISTS', ...(hashes as string[]))) as number[];
  return known.filter((exists) => exists === 1).length;
}
