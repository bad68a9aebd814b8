import type { TestBuyer } from '../../domain/wire/testBuyers.js';
import { dealBehaviours, type Mix } from '../behaviours.js';
import type { Arrivals } from '../worker/arrivals.js';
import type { WorkerPlan } from '../worker/messages.js';

export interface LoadPlan {
  spikeUrl: string;
  shopUrl: string;
  eventId: string;
  arrivals: Arrivals;
  mix: Mix;
  workers: number;
  /** In all workers together. */
  connections: number;
  answerTimeoutMs: number;
}

/**
 * Deals the buyers out to the workers, each with the same mix of behaviours and, if there are enough, two buyers at least: one
 * who shares needs another.
 */
export function planWorkers(
  plan: LoadPlan,
  { purchaseLimit }: { purchaseLimit: number },
  buyers: readonly TestBuyer[],
): WorkerPlan[] {
  const { mix, workers, connections, ...shared } = plan;
  const dealt = dealBehaviours(mix, buyers.length);
  const played = buyers.map((buyer, index) => ({ ...buyer, behaviour: dealt[index]! }));
  const startOf = (index: number) => Math.floor((index * played.length) / workers);
  return Array.from({ length: workers }, (_, index) => ({
    ...shared,
    purchaseLimit,
    index,
    workers,
    connections: Math.max(1, Math.ceil(connections / workers)),
    buyers: played.slice(startOf(index), startOf(index + 1)),
  }));
}
