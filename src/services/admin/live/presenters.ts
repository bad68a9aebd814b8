import { addSparseCounts, countAll, LATENCY_BUCKETS, latencyPercentile } from '../../../domain/latencyHistogram.js';
import type { LiveFrame, ProcessView, PurchaseLatencyView, StaffActionView } from '../../../domain/wire/live.js';
import type { StoredAuditRecord } from '../../../stores/mysql/auditLog.js';
import type { ProcessReport } from '../../../stores/redis/processes.js';
import { describeChange } from './describeChange.js';

const status = 'success';

export function presentFrame(frame: LiveFrame) {
  return { status, frame };
}

export function viewProcess({ startedAtMs, purchaseLatency, ...report }: ProcessReport): ProcessView {
  return { ...report, startedAt: new Date(startedAtMs).toISOString() };
}

/** Over all processes that sell. */
export function viewLatency(reports: readonly ProcessReport[]): PurchaseLatencyView | null {
  const counts = new Float64Array(LATENCY_BUCKETS);
  for (const { purchaseLatency } of reports) addSparseCounts(counts, purchaseLatency ?? []);
  const [p50, p99] = [latencyPercentile(counts, 0.5), latencyPercentile(counts, 0.99)];
  return p50 === undefined || p99 === undefined ? null : { p50, p99, count: countAll(counts) };
}

export function viewAction(record: StoredAuditRecord): StaffActionView {
  const { id, at, actor, action, targetType, targetId } = record;
  return { id, at: at.toISOString(), actor, action, targetType, targetId, detail: describeChange(record) };
}
