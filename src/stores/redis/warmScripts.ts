import type { RedisStore } from './connectRedis.js';
import { loadScripts } from './loadScript.js';

/**
 * Gives the server every script now, so that no purchase is the one that brings it: the first call after a restart of Redis
 * would be refused and sent again with the whole text.
 *
 * @returns how many scripts there are, and how many of them the server knows now
 */
export async function warmScripts({ client }: RedisStore): Promise<{ scripts: number; known: number }> {
  const texts = Object.values(loadScripts());
  const hashes = await Promise.all(texts.map((text) => client.script('LOAD', text)));
  const known = (await client.script('EXISTS', ...(hashes as string[]))) as number[];
  return { scripts: texts.length, known: known.filter((exists) => exists === 1).length };
}
