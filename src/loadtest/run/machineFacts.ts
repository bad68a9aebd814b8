import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { MachineFacts } from '../report.js';

/** The machine that this tool runs on. */
export function machineFacts({ spikectl, stores }: Pick<MachineFacts, 'spikectl' | 'stores'>): MachineFacts {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryBytes: totalmem(),
    platform: `${platform()} ${release()}`,
    node: process.version,
    spikectl,
    stores,
  };
}
