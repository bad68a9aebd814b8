import type { FireError } from './fireError.js';
import { correctnessMetrics, judgeThreshold, metricNames, parseThreshold, withCorrectness } from './thresholds.js';

function refusalOf(text: string): FireError {
  try {
    parseThreshold(text);
  } catch (error) {
    return error as FireError;
  }
  throw new Error(`${text} was taken`);
}

describe('a threshold', () => {
  test.each([
    ['p99<250', 'p99', '<', 250],
    ['p99 <= 250ms', 'p99', '<=', 250],
    ['convergeMs<5s', 'convergeMs', '<', 5_000],
    ['errorRate<1%', 'errorRate', '<', 0.01],
    ['errorRate<0.01', 'errorRate', '<', 0.01],
    ['accepted==100', 'accepted', '==', 100],
    ['accepted.p99>=1.5', 'accepted.p99', '>=', 1.5],
    ['oversold != 0', 'oversold', '!=', 0],
  ])('%s is read', (text, metric, operator, value) => {
    expect(parseThreshold(text)).toEqual({ expression: text.replace(/\s/g, ''), metric, operator, value });
  });

  test.each([
    ['p9999<250', 'Did you mean p999?'],
    ['overSold==0', 'Did you mean oversold?'],
    ['convergems<5', 'Did you mean convergeMs?'],
    ['accepted=100', "'accepted==100'"],
    ['p99', "'p99<250'"],
    ['p99<', "'p99<250'"],
    ['p99<fast', "'p99<250'"],
    ['<250', "'p99<250'"],
    ['p99<250<300', "'p99<250'"],
    ['', "'p99<250'"],
    ['constructor==0', 'One of'],
  ])("'%s' is refused with what to type", (text, hint) => {
    const { exit, suggestions } = refusalOf(text);
    expect(exit).toBe(2);
    expect(suggestions.join(' ')).toContain(hint);
  });

  test.each([
    ['<', 1, [true, false, false]],
    ['<=', 1, [true, true, false]],
    ['==', 1, [false, true, false]],
    ['!=', 1, [true, false, true]],
    ['>=', 1, [false, true, true]],
    ['>', 1, [false, false, true]],
  ])('compares with %s', (operator, value, verdicts) => {
    const threshold = parseThreshold(`rps${operator}${value}`);
    expect([0, 1, 2].map((rps) => judgeThreshold(threshold, { rps }).ok)).toEqual(verdicts);
  });

  test('on what was not measured is missed, whatever it asks', () => {
    for (const text of ['p99<1000', 'p99>=0', 'p99!=5'])
      expect(judgeThreshold(parseThreshold(text), { p99: null })).toEqual({ expression: text, value: null, ok: false });
    expect(judgeThreshold(parseThreshold('p99<1000'), {}).ok).toBe(false);
  });

  test('can be named for every figure that there is', () => {
    for (const metric of metricNames) expect(parseThreshold(`${metric}>=0`)).toMatchObject({ metric });
  });
});

test('correctness is asked for without being asked, unless something else is asked of it', () => {
  const expressions = withCorrectness([parseThreshold('oversold<=2'), parseThreshold('rps>1')]).map(
    ({ expression }) => expression,
  );
  const others = correctnessMetrics.filter((metric) => metric !== 'oversold').map((metric) => `${metric}==0`);
  expect(expressions).toEqual([...others, 'oversold<=2', 'rps>1']);
});
