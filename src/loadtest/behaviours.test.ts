import { dealBehaviours, parseMix } from './behaviours.js';

describe('the mix of behaviours', () => {
  test.each([
    [[], { plain: 1 }],
    [['retry'], { retry: 1 }],
    [['impatient=20%', 'forge=5'], { impatient: 0.2, forge: 0.05, plain: 0.75 }],
    [['forge=10%', 'pay', 'cancel'], { forge: 0.1, pay: 0.45, cancel: 0.45 }],
    [['plain=50%', 'pay=50%'], { plain: 0.5, pay: 0.5 }],
  ])('%j', (texts, mix) => {
    const parsed = parseMix(texts);
    expect(Object.keys(parsed).sort()).toEqual(Object.keys(mix).sort());
    for (const [name, share] of Object.entries(mix)) expect(parsed[name as 'plain']).toBeCloseTo(share);
  });

  test.each([
    [['inpatient'], 'Did you mean impatient?'],
    [['bots'], 'One of plain'],
    [['pay=0'], 'pay=20%'],
    [['pay=120%'], 'pay=20%'],
    [['pay=half'], 'pay=20%'],
    [['pay', 'pay'], ''],
    [['pay=60', 'retry=60'], ''],
  ])('%j is refused with what to type', (texts, hint) => {
    expect(() => parseMix(texts)).toThrow(
      expect.objectContaining({ exit: 2, suggestions: hint === '' ? [] : [expect.stringContaining(hint)] }),
    );
  });
});

test('behaviours are dealt so that any part of the buyers has about the same mix', () => {
  const dealt = dealBehaviours({ plain: 0.75, forge: 0.25 }, 400);
  for (let start = 0; start < 400; start += 100)
    expect(dealt.slice(start, start + 100).filter((name) => name === 'forge')).toHaveLength(25);
});
