import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { noOutcomes } from '../outcomes.js';
import type { FireReport } from '../report.js';
import { createFireScreen } from './createFireScreen.js';
import { htmlReport } from './htmlReport.js';
import { junitReport } from './junitReport.js';
import { reportText } from './reportText.js';
import { requireWritable } from './writeReports.js';

const plain = (_style: string, text: string) => text;
const latency = { p50: 1.5, p90: 3, p99: 12.34, p999: 40, max: 1_234 };

function reportOf(changes: Partial<FireReport> = {}): FireReport {
  return {
    event: { id: '3', title: 'Lamps </script><b> & "more"', quantity: 2, purchaseLimit: 1, soldBefore: 0 },
    url: 'http://127.0.0.1:8000',
    startedAt: '2030-01-01T12:00:00.000Z',
    seconds: 2,
    plan: {
      model: 'closed',
      requestsPerUser: 3,
      ratePerSecond: null,
      durationSeconds: null,
      rampSeconds: 0,
      connections: 2,
      workers: 1,
      behaviours: { plain: 1 },
    },
    users: 2,
    requests: 6,
    outcomes: { ...noOutcomes(), accepted: 2, soldOut: 3, error: 1 },
    codes: { SOLD_OUT: 3, ECONNRESET: 1 },
    unanswered: 0,
    rps: 2.5,
    latencyMs: latency,
    latencyMsByOutcome: { accepted: latency },
    latencyCurve: [{ percentile: 50, ms: 1.5 }],
    series: [
      { second: 0, outcomes: { ...noOutcomes(), accepted: 2, soldOut: 3 }, latencyMs: latency, sold: 1 },
      { second: 1, outcomes: noOutcomes(), latencyMs: null, sold: null },
      { second: 2, outcomes: { ...noOutcomes(), error: 1 }, latencyMs: latency, sold: 2 },
    ],
    durable: { orders: 1, ordersPerSecond: 0.5, convergeMs: 40 },
    violations: {
      oversold: [],
      lost: ['3-01ARZ3NDEKTSV4RRFFQ69G5FAV'],
      duplicates: [],
      overLimit: [],
      stuck: [],
      wrongState: [],
      forgedAccepted: [],
      sharedAccepted: [],
      auditProblems: [],
    },
    audit: null,
    thresholds: [
      { expression: 'lost==0', value: 1, ok: false },
      { expression: 'oversold==0', value: 0, ok: true },
      { expression: 'p99<250', value: 12.34, ok: true },
      { expression: 'convergeMs<5', value: null, ok: false },
    ],
    machine: {
      cores: 2,
      processor: 'a processor',
      memoryBytes: 2 ** 33,
      platform: 'linux 6',
      node: 'v24.0.0',
      spikectl: '0.1.0',
      stores: [],
    },
    tool: { cpuPercent: 12, workers: [{ utilization: 0.2, lagP99Ms: 1 }], toolIsBottleneck: false, note: null },
    interrupted: false,
    ok: false,
    ...changes,
  };
}

describe('the text', () => {
  test('has a ✗ line for each threshold that is missed, with who is to blame', () => {
    const text = reportText(reportOf(), plain);
    expect(text).toContain('✗ lost==0  (1): 3-01ARZ3NDEKTSV4RRFFQ69G5FAV');
    expect(text).toContain('✗ convergeMs<5  (not measured)');
    expect(text).toContain('✓ oversold: none');
    expect(text).toContain('✓ p99<250  (12.34)');
  });

  test('names errors by their cause, and not the refusals of a sale', () => {
    expect(reportText(reportOf(), plain)).toMatch(/^Errors: 1 × ECONNRESET$/m);
  });

  test('says in words when the tool was the bottleneck', () => {
    const tool = { cpuPercent: 99, workers: [], toolIsBottleneck: true, note: 'It was busy.' };
    expect(reportText(reportOf({ tool }), plain)).toContain('The tool was the bottleneck. It was busy.');
  });

  test('of a run without an answer has no numbers that were not measured', () => {
    const nothing = { requests: 0, outcomes: noOutcomes(), latencyMs: null, latencyMsByOutcome: {}, series: [] };
    const report = reportOf({
      ...nothing,
      latencyCurve: [],
      durable: { orders: 0, ordersPerSecond: 0, convergeMs: 5 },
    });
    expect(reportText(report, plain)).toMatch(/^all +0 +- +- +- +- +-$/m);
    expect(htmlReport(report)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('the page', () => {
  const page = htmlReport(reportOf());

  test('holds what an event is called as text, and no markup of it', () => {
    expect(page).not.toContain('</script><b>');
    expect(page).toContain('Lamps &lt;/script&gt;&lt;b&gt; &amp; &quot;more&quot;');
  });

  test('leaves a gap where nothing was measured, and draws no number that is none', () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    expect(page).toMatch(/<path d="M[\d.]+ [\d.]+M[\d.]+ [\d.]+"/);
  });

  test('asks nothing of anybody', () => {
    expect(page).not.toMatch(/<script|<link|src=|href=|@import|url\(/);
  });
});

describe('JUnit', () => {
  const xml = junitReport(reportOf());

  test('counts what failed, and names it', () => {
    expect(xml).toContain('tests="4" failures="2"');
    expect(xml).toContain('<failure message="lost==0 is not so: it is 1">3-01ARZ3NDEKTSV4RRFFQ69G5FAV</failure>');
    expect(xml).toContain('<failure message="convergeMs&lt;5 is not so: it was not measured">');
  });

  test('is well-formed whatever an event is called', () => {
    const strange = reportOf({ event: { ...reportOf().event, title: 'a\u0000b]]>\u001B[2J' } });
    // eslint-disable-next-line no-control-regex -- these are the characters that XML cannot hold
    expect(junitReport(strange)).not.toMatch(/[\u0000-\u0008\u001B]|]]>/);
  });
});

describe('files that the report shall go to', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'spike-reports-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  test('are accepted where they can be written, and not made yet', async () => {
    await requireWritable({ html: path.join(folder, 'fire.html'), junit: undefined });
    expect(await readdir(folder)).toEqual([]);
  });

  test('are refused before anything is fired where they cannot', async () => {
    for (const file of [path.join(folder, 'away', 'fire.html'), folder])
      await expect(requireWritable({ html: file })).rejects.toMatchObject({
        code: 'NOT_WRITTEN',
        exit: 2,
        message: expect.stringContaining(`${file} cannot be written: `),
      });
  });
});

describe('the screen', () => {
  const figures = { outcomes: { ...noOutcomes(), accepted: 3 }, requests: 3, rps: 3, latencyMs: latency };

  function screenOn(mode: { json: boolean; quiet: boolean }, isTTY: boolean) {
    const written: string[] = [];
    const said: string[] = [];
    const stderr = { isTTY, columns: 40, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
    const out = { mode, info: (text: string) => said.push(text), warn: (text: string) => said.push(text) };
    return { screen: createFireScreen(out, { begun: () => undefined, stderr }), written, said };
  }

  test('writes over its two lines on a terminal, never wider than it, and takes them down', () => {
    const { screen, written } = screenOn({ json: false, quiet: false }, true);
    screen.live(figures, 1_000);
    screen.live(figures, 1_250);
    screen.end();
    const lines = written.join('').split(/\r?\n|\r/);
    for (const line of lines) expect(line.replaceAll(/\p{Cc}\[\w+/gu, '').length).toBeLessThan(40);
    expect(written.at(-1)).toBe('\r\u001B[2K\u001B[1A\r\u001B[2K');
  });

  test('says a line a second in a pipe, without codes of a terminal', () => {
    const { screen, written, said } = screenOn({ json: false, quiet: false }, false);
    for (let elapsedMs = 250; elapsedMs <= 3_000; elapsedMs += 250) screen.live(figures, elapsedMs);
    expect(written).toEqual([]);
    expect(said).toHaveLength(3);
    expect(said[0]).toContain('accepted 3');
  });

  test.each([
    { json: true, quiet: false },
    { json: false, quiet: true },
  ])('says nothing of how it goes on with %j', (mode) => {
    const { screen, written, said } = screenOn(mode, true);
    screen.live(figures, 5_000);
    screen.progress(1, 2, 'buyers');
    screen.end();
    expect([written, said]).toEqual([[], []]);
  });
});
