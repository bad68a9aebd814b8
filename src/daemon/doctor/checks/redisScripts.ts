import { ok, problem, skipped, type Check, type Verdict } from '../check.js';
import type { RedisFacts } from '../probes/probeRedis.js';

export const redisScriptsCheck: Check = {
  name: 'redis-scripts',
  async look({ redis }) {
    const looked = await redis();
    return looked.state === 'answers' ? judgeRedisScripts(looked.facts) : skipped('Redis was not reached.');
  },
};

export function judgeRedisScripts({
  scripts,
  refusedScripts,
}: Pick<RedisFacts, 'scripts' | 'refusedScripts'>): Verdict {
  const refused = Object.entries(refusedScripts);
  if (refused.length === 0) return ok(`All ${scripts} can be loaded.`);
  return problem(
    `Redis refuses ${refused.map(([name, why]) => `${name} (${why})`).join(', ')}.`,
    'Allow the user the commands SCRIPT, EVAL and EVALSHA. If it has them: npm run build',
  );
}
