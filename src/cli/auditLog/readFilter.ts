import type { AuditLogFilter } from '../../client/answers.js';
import { usageError } from '../errors.js';
import { pastFlag } from '../parsePast.js';

/** What `audit-log` was given, as typed. */
export interface AuditLogFlags {
  actor?: string | undefined;
  action?: string | undefined;
  target?: string | undefined;
  since?: string | undefined;
}

export function readFilter({ actor, action, target, since }: AuditLogFlags, nowMs: number): AuditLogFilter {
  return {
    actor,
    action,
    ...(target === undefined ? {} : readTarget(target)),
    since: pastFlag(since, { name: '--since', nowMs }),
  };
}

/** `event:3`, or `event` for all of them. */
function readTarget(target: string): Pick<AuditLogFilter, 'targetType' | 'targetId'> {
  const [, targetType, targetId] = /^([a-zA-Z]+)(?::(.+))?$/.exec(target) ?? [];
  if (targetType !== undefined) return { targetType, targetId };
  throw usageError(`--target: '${target}' is not a kind of thing with an id.`, '--target event:3', '--target event');
}
