import { planFire, type FireWishes } from './planFire.js';

const wishes: FireWishes = {
  eventId: '3',
  users: 500,
  requests: 20,
  durationSeconds: undefined,
  rampSeconds: 0,
  timeoutSeconds: 10,
  convergeSeconds: 30,
  wait: false,
  behaviours: [],
  thresholds: [],
  contextUrl: 'http://127.0.0.1:8000',
};

describe('a plan', () => {
  test('without a rate is so many requests of each buyer, on a connection each', () => {
    expect(planFire(wishes)).toMatchObject({
      requestsMax: 10_000,
      stopAfterMs: undefined,
      plan: { model: 'closed', requestsPerUser: 20, ratePerSecond: null, connections: 500 },
      load: { spikeUrl: 'http://127.0.0.1:8000', arrivals: { model: 'closed', requestsPerUser: 20 } },
    });
    expect(planFire({ ...wishes, durationSeconds: 5 }).stopAfterMs).toBe(5_000);
    expect(planFire({ ...wishes, users: 5_000 }).plan.connections).toBe(1_000);
  });

  test('at a rate lasts as long as is said, or until as many requests are sent', () => {
    expect(planFire({ ...wishes, rate: 100, durationSeconds: 7 }).requestsMax).toBe(700);
    const whole = planFire({ ...wishes, rate: 1_000, rampSeconds: 4 });
    expect(whole).toMatchObject({ requestsMax: 10_000, plan: { model: 'open', durationSeconds: 12 } });
    expect(whole.stopAfterMs).toBeUndefined();
  });

  test('has never more workers than there are buyers for, two each', () => {
    expect(planFire({ ...wishes, users: 1 }).load.workers).toBe(1);
    expect(planFire({ ...wishes, users: 4, workers: 8 }).load.workers).toBe(2);
  });

  test('goes to another door of the same host when told to', () => {
    const { load } = planFire({ ...wishes, url: 'http://127.0.0.1:8081/' });
    expect(load).toMatchObject({ spikeUrl: 'http://127.0.0.1:8081', shopUrl: 'http://127.0.0.1:8000' });
  });

  test.each<[Partial<FireWishes>, string]>([
    [{ users: 0 }, '--users'],
    [{ requests: 0 }, '--requests'],
    [{ users: 500_001 }, '--users'],
    [{ rate: -5 }, '--rate'],
    [{ workers: 0 }, '--workers'],
    [{ connections: 0 }, '--connections'],
    [{ rate: 10, durationSeconds: 5, rampSeconds: 6 }, '--ramp'],
    [{ rate: 1_000_000, durationSeconds: 86_400 }, 'at most'],
    [{ users: 1, behaviours: ['share'] }, 'two buyers'],
    [{ url: 'http://elsewhere.example:8000' }, 'not the host'],
    [{ url: 'ftp://127.0.0.1' }, 'not an http URL'],
    [{ url: 'http://127.0.0.1.example' }, 'not the host'],
    [{ url: 'http://127.0.0.1:8000@elsewhere.example' }, 'not the host'],
  ])('%j is refused', (wrong, why) => {
    expect(() => planFire({ ...wishes, ...wrong })).toThrow(
      expect.objectContaining({ exit: 2, message: expect.stringContaining(why) }),
    );
  });
});
