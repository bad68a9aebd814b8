import { usageError } from '../errors.js';
import { pastFlag } from '../parsePast.js';

interface Period {
  since?: string | undefined;
  until?: string | undefined;
}

/** `--since` and `--until` as the services take them. */
export function readPeriod({ since, until }: Period, nowMs: number): Period {
  const period = {
    since: pastFlag(since, { name: '--since', nowMs }),
    until: pastFlag(until, { name: '--until', nowMs }),
  };
  if (period.since !== undefined && period.until !== undefined && period.since >= period.until) {
    throw usageError(
      `No time is both at or after --since (${period.since}) and before --until (${period.until}).`,
      '--since 2h --until 1h',
    );
  }
  return period;
}
