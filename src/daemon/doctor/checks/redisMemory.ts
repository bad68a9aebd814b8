import { ok, problem, skipped, warning, type Check, type Verdict } from '../check.js';
import type { RedisFacts } from '../probes/probeRedis.js';

/** Above this share of maxmemory a sale may find Redis full. */
const FULL_SHARE = 0.8;

export const redisMemoryCheck: Check = {
  name: 'redis-memory',
  async look({ redis }) {
    const looked = await redis();
    return looked.state === 'answers' ? judgeRedisMemory(looked.facts) : skipped('Redis was not reached.');
  },
};

/** Redis holds the stock of running sales: a policy that evicts keys drops it when memory runs out. */
export function judgeRedisMemory(facts: Pick<RedisFacts, 'maxmemoryPolicy' | 'maxmemoryBytes' | 'usedBytes'>): Verdict {
  const { maxmemoryPolicy, maxmemoryBytes, usedBytes } = facts;
  if (maxmemoryPolicy !== 'noeviction') {
    const evidence = `maxmemory-policy is ${maxmemoryPolicy}: stock would be dropped when memory runs out`;
    const fix = 'Set maxmemory-policy noeviction: redis-cli CONFIG SET maxmemory-policy noeviction, and in redis.conf.';
    if (maxmemoryBytes > 0) return problem(`${evidence} (maxmemory ${megabytes(maxmemoryBytes)}).`, fix);
    return warning(`${evidence}. There is no maxmemory yet.`, fix);
  }
  const used = `${megabytes(usedBytes)} used`;
  if (maxmemoryBytes === 0) return ok(`noeviction, no maxmemory, ${used}.`);
  const evidence = `noeviction, ${used} of ${megabytes(maxmemoryBytes)}.`;
  if (usedBytes < FULL_SHARE * maxmemoryBytes) return ok(evidence);
  return warning(`${evidence} A full Redis refuses every purchase.`, 'Raise maxmemory.');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
