import { ok, problem, skipped, warning, worst, type Check, type Verdict } from '../check.js';
import type { Skew } from '../clockSkew.js';
import type { Machine } from '../machine.js';

/** A sale opens by Redis' clock and tokens end by ours: past this, a buyer meets "not started" after the page said "open". */
const WARNING_MS = 500;
const PROBLEM_MS = 2_000;

export const clockCheck: Check = { name: 'clock', look };

async function look({ mysql, redis }: Machine): Promise<Verdict> {
  const [fromMysql, fromRedis] = await Promise.all([mysql(), redis()]);
  return judgeClock({
    ...(fromMysql.state === 'answers' ? { MySQL: fromMysql.facts.skew } : {}),
    ...(fromRedis.state === 'answers' ? { Redis: fromRedis.facts.skew } : {}),
  });
}

/** By how much each other clock differs from this machine's. */
export function judgeClock(skews: Readonly<Record<string, Skew>>): Verdict {
  const all = Object.entries(skews);
  if (all.length === 0) return skipped('There is no other clock to compare with: neither MySQL nor Redis was reached.');
  const verdicts = all.map(([name, skew]) => {
    // What may be the way there and back is no finding.
    const sureMs = Math.abs(skew.offsetMs) - skew.errorMs;
    if (sureMs <= WARNING_MS) return ok('');
    const evidence = `The clock of ${name} differs from this machine's by ${describe(skew)}.`;
    const fix = 'Keep all machines on time with NTP: timedatectl set-ntp true';
    return sureMs > PROBLEM_MS ? problem(evidence, fix) : warning(evidence, fix);
  });
  return worst(verdicts, `${all.map(([name, skew]) => `${name} ${describe(skew)}`).join(', ')} from this machine's.`);
}

function describe({ offsetMs, errorMs }: Skew): string {
  return `${offsetMs >= 0 ? '+' : '-'}${Math.abs(offsetMs)} ms (± ${errorMs})`;
}
