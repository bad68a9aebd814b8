import type { Percentiles } from '../histogram.js';
import type { ToolFacts } from '../report.js';
import type { WorkerLoad } from '../worker/messages.js';

/** A thread that is busier than this sends and reads late. */
const UTILIZATION_MAX = 0.9;
/** Lag that is less than this share of a latency does not change what the latency says. */
const LAG_SHARE_MAX = 0.2;
/** Less lag than this is how any program is scheduled. */
const LAG_MIN_MS = 5;

/** Whether the figures are those of the system, or those of the tool. */
export function judgeTool(loads: readonly WorkerLoad[], latencyMs: Percentiles | null, cpuPercent: number): ToolFacts {
  const busiest = Math.max(0, ...loads.map(({ utilization }) => utilization));
  const lagMs = Math.max(0, ...loads.map(({ lagP99Ms }) => lagP99Ms));
  const isBusy = busiest >= UTILIZATION_MAX;
  const isLate = lagMs > LAG_MIN_MS && latencyMs !== null && lagMs > latencyMs.p99 * LAG_SHARE_MAX;
  const workers = loads.map(({ utilization, lagP99Ms }) => ({
    utilization: round(utilization, 3),
    lagP99Ms: round(lagP99Ms, 1),
  }));
  return {
    cpuPercent: Math.round(cpuPercent),
    workers,
    toolIsBottleneck: isBusy || isLate,
    note: noteOf(isBusy, isLate, busiest, lagMs),
  };
}

function noteOf(isBusy: boolean, isLate: boolean, busiest: number, lagMs: number): string | null {
  const more = 'More --workers help where cores are free; else fire from another machine.';
  if (isBusy)
    return `A worker of this tool was busy ${Math.round(busiest * 100)} % of the time: the system may be faster than these figures say. ${more}`;
  if (isLate)
    return `This tool was up to ${Math.round(lagMs)} ms late at reading answers, and that is in the latencies. ${more}`;
  return null;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
