import { judgeTool } from './toolFacts.js';

const latency = (p99: number) => ({ p50: p99 / 2, p90: p99, p99, p999: p99, max: p99 });

describe('the tool', () => {
  test('with time to spare is not the bottleneck', () => {
    const facts = judgeTool([{ utilization: 0.4, lagP99Ms: 3 }], latency(50), 45.4);
    expect(facts).toMatchObject({ toolIsBottleneck: false, note: null, cpuPercent: 45 });
  });

  test('is, when one of its workers has no time left', () => {
    const loads = [
      { utilization: 0.3, lagP99Ms: 1 },
      { utilization: 0.97, lagP99Ms: 1 },
    ];
    expect(judgeTool(loads, latency(50), 130)).toMatchObject({
      toolIsBottleneck: true,
      note: expect.stringContaining('97 %'),
    });
  });

  test('is, when its lag is a good part of what it measured, and not when it is lost in it', () => {
    const late = [{ utilization: 0.5, lagP99Ms: 40 }];
    expect(judgeTool(late, latency(100), 50)).toMatchObject({
      toolIsBottleneck: true,
      note: expect.stringContaining('40 ms'),
    });
    expect(judgeTool(late, latency(2_000), 50).toolIsBottleneck).toBe(false);
    expect(judgeTool([{ utilization: 0.5, lagP99Ms: 2 }], latency(3), 50).toolIsBottleneck).toBe(false);
  });
});
