import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { settings } from '../../src/config/settings.js';

const read = (page: string) => readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
const page = read('docs/capacity.md');
const benchmark = read('README.md').split('<!-- bench')[1]!;

/** A line of the benchmark below a heading of it; the same words stand below several. */
function measured(heading: string, line: string): number {
  const below = benchmark.slice(benchmark.indexOf(`\n${heading}`));
  return Number(new RegExp(`${line} +([\\d.]+)`).exec(below)?.[1]);
}

function rowsOf(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => /^\| *[^-| ]/.test(line))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const section = (heading: string) => page.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;

describe('docs/capacity.md', () => {
  test('has the figures of the benchmark in the README', () => {
    const costs = {
      'a purchase that is accepted': measured('durable purchases', 'processor time, spike'),
      'a purchase that is refused because sold out': measured('sold-out answers', 'processor time, spike'),
      'an order that is stored': measured('durable purchases', 'processor time, order'),
    };
    for (const [work, microseconds] of Object.entries(costs))
      expect(page).toMatch(new RegExp(`\\| ${work} +\\| ${microseconds} µs +\\|`));
    const memory = rowsOf(section('Memory'));
    for (const service of ['spike', 'order', 'access'])
      expect(memory.find(([name]) => name === service)?.[1]).toBe(`${measured('', `peak memory, ${service}`)} MB`);
  });

  test('computes its table of sizes by its formula', () => {
    const cost = measured('durable purchases', 'processor time, spike') / 1e6;
    const rows = rowsOf(page.split('<!-- sizing')[1]!.split('<!-- /sizing')[0]!);
    expect(rows.length).toBeGreaterThan(2);
    for (const [buyers = '', ...cells] of rows) {
      const peak = (Number(buyers.replaceAll(',', '')) * 3) / 10;
      const [byProcessor, inHand] = [Math.ceil((peak * cost) / 0.6), Math.ceil(peak / settings.maxInFlight.default!)];
      expect({ buyers, cells }).toEqual({
        buyers,
        cells: [peak.toLocaleString('en'), byProcessor, inHand, Math.max(2, byProcessor, inHand)].map(String),
      });
    }
  });

  test('names the defaults of the settings', () => {
    expect(section('Connections')).toContain(`\`mysqlPoolMax\` ${settings.mysqlPoolMax.default!} `);
    expect(page).toContain(`\`maxInFlight\` purchases (${settings.maxInFlight.default!.toLocaleString('en')})`);
    expect(page).toContain(`\`pendingMax\` (${settings.pendingMax.default!.toLocaleString('en')} of an event)`);
    expect(page).toContain(`says how many spike processes start (${settings.spikeInstances.default!})`);
    expect(page).toContain(`${settings.accessCacheSeconds.default!} s (\`accessCacheSeconds\`)`);
  });
});
