import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { registerLookMetrics, type LookMetric } from './lookMetrics.js';

interface Seen {
  stock: ReadonlyMap<string, number>;
  answers: number;
}

const metrics: readonly LookMetric<Seen>[] = [
  {
    name: 'stock_units',
    help: 'Units left',
    type: 'gauge',
    labels: ['event'],
    samples: ({ stock }) => [...stock].map(([event, units]) => [{ event }, units]),
  },
  { name: 'answers_total', help: 'Answers', type: 'counter', labels: [], samples: ({ answers }) => [[{}, answers]] },
];

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

test('one look makes all of them, each time they are read and never between', async () => {
  const registry = new Registry();
  let looks = 0;
  const look = async () => ({ stock: new Map([['1', (looks += 1)]]), answers: 10 * looks });
  registerLookMetrics(registry, look, metrics);
  expect(looks).toBe(0);
  expect(lines(await registry.metrics())).toEqual(['stock_units{event="1"} 1', 'answers_total 10']);
  expect(lines(await registry.metrics())).toEqual(['stock_units{event="1"} 2', 'answers_total 20']);
});

test('what is not seen any more is not exported any more', async () => {
  const registry = new Registry();
  let seen: Seen | undefined = { stock: new Map([['1', 5]]), answers: 1 };
  const look = async () => {
    if (seen === undefined) throw new Error('away');
    return seen;
  };
  registerLookMetrics(registry, look, metrics);
  expect(lines(await registry.metrics())).toEqual(['stock_units{event="1"} 5', 'answers_total 1']);
  seen = { stock: new Map([['2', 7]]), answers: 1 };
  expect(lines(await registry.metrics())).toEqual(['stock_units{event="2"} 7', 'answers_total 1']);
  seen = undefined;
  expect(lines(await registry.metrics())).toEqual([]);
});
