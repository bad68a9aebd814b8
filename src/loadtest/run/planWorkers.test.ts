import { planWorkers, type LoadPlan } from './planWorkers.js';

const plan: LoadPlan = {
  spikeUrl: 'http://127.0.0.1:8000',
  shopUrl: 'http://127.0.0.1:8000',
  eventId: '1',
  arrivals: { model: 'closed', requestsPerUser: 1, rampMs: 0 },
  mix: { share: 0.5, plain: 0.5 },
  workers: 3,
  connections: 10,
  answerTimeoutMs: 1_000,
};

test.each([6, 7, 8, 100, 101])(
  '%d buyers are dealt out to three workers, each once, and no worker has a single one',
  (count) => {
    const buyers = Array.from({ length: count }, (_, index) => ({ userId: String(index), token: '' }));
    const plans = planWorkers(plan, { purchaseLimit: 1 }, buyers);
    expect(plans.flatMap((one) => one.buyers.map(({ userId }) => userId))).toEqual(buyers.map(({ userId }) => userId));
    expect(Math.min(...plans.map((one) => one.buyers.length))).toBeGreaterThanOrEqual(2);
    expect(plans.map(({ index, workers, connections }) => [index, workers, connections])).toEqual([
      [0, 3, 4],
      [1, 3, 4],
      [2, 3, 4],
    ]);
  },
);
