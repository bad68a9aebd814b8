import { ok, problem, skipped, warning, type Check, type Verdict } from '../check.js';
import type { RedisFacts } from '../probes/probeRedis.js';

export const redisPersistenceCheck: Check = {
  name: 'redis-persistence',
  async look({ redis }) {
    const looked = await redis();
    return looked.state === 'answers' ? judgeRedisPersistence(looked.facts) : skipped('Redis was not reached.');
  },
};

export function judgeRedisPersistence(
  facts: Pick<RedisFacts, 'role' | 'isCluster' | 'isClusterUrl' | 'isAppendOnly' | 'isLastWriteOk'>,
): Verdict {
  if (facts.isCluster && !facts.isClusterUrl) {
    return problem(
      'This is a node of a Redis Cluster, and SPIKE_REDIS_URL takes it for a single server.',
      'Begin the URL with redis+cluster:// and name some of the nodes.',
    );
  }
  if (facts.role === 'slave') {
    return problem('This is a replica, which refuses writes.', 'Set SPIKE_REDIS_URL to the address of the primary.');
  }
  if (!facts.isLastWriteOk) {
    return problem('The last write to the append-only file failed.', 'Free some space on its disk; it then goes on.');
  }
  if (!facts.isAppendOnly) {
    return warning(
      'appendonly is off: a purchase that was answered 202 is forgotten when Redis restarts.',
      'Set appendonly yes: redis-cli CONFIG SET appendonly yes, and in redis.conf.',
    );
  }
  return ok('appendonly is on, the last write succeeded.');
}
