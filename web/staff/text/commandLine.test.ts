import { describe, expect, test } from '@jest/globals';
import { commandLine } from './commandLine.js';

describe('the command that does the same', () => {
  test('quotes what a shell would take apart', () => {
    expect(commandLine.createCommodity(`it's <b>`, '$(rm -rf) `x`')).toBe(
      `spikectl commodity create 'it'\\''s <b>' --description '$(rm -rf) \`x\`'`,
    );
  });

  test('names every field of a new event, and its limits in a command of their own', () => {
    const event = {
      title: 'Sneakers at noon',
      commodityId: '7',
      priceCents: 9990,
      quantity: 100,
      purchaseLimit: 2,
      rule: [{ name: 'untrustworthy', rule: {} }],
      startsAt: '2030-01-31T12:00:00.000Z',
      endsAt: '2030-01-31T13:00:00.000Z',
      paymentWindowSeconds: 900,
      limits: { userBurst: 3 },
    };
    expect(commandLine.createEvent(event, undefined)).toBe(
      `spikectl event create --title 'Sneakers at noon' --commodity 7 --price-cents 9990 --stock 100 --limit 2 ` +
        `--rule '[{"name":"untrustworthy","rule":{}}]' --starts 2030-01-31T12:00:00.000Z --ends 2030-01-31T13:00:00.000Z ` +
        `--payment-window 900s && spikectl limit set EVENT --user-burst 3`,
    );
    expect(commandLine.createEvent({ ...event, limits: {}, rule: [] }, 'New shoes')).toMatch(
      /--commodity 'New shoes' .*900s --create-commodity$/,
    );
  });

  test('of a change says only what changes', () => {
    expect(commandLine.changeEvent('3', { endsAt: '2030-01-31T13:00:00.000Z' })).toBe(
      'spikectl event update 3 --ends 2030-01-31T13:00:00.000Z',
    );
    expect(commandLine.changeEvent('3', { rule: [] })).toBe('spikectl event update 3 --no-rule');
    expect(commandLine.changeEvent('3', { limits: { userBurst: 5, queueFactor: null } })).toBe(
      'spikectl limit set 3 --user-burst 5 && spikectl limit reset 3 --queue-factor',
    );
  });

  test.each([
    [commandLine.restock('3', { by: -20 }), 'spikectl event restock 3 --by=-20'],
    [commandLine.restock('3', { quantity: 50 }), 'spikectl event restock 3 --to 50'],
    [commandLine.changeLimits(undefined, { addressBurst: 9 }), 'spikectl limit set --address-burst 9'],
    [commandLine.deadLetters('replay', '3'), 'spikectl queue replay --event 3'],
    [commandLine.user('deny', '7'), 'spikectl user block 7 --only-rules'],
    [commandLine.checkRule('3', '7', undefined), 'spikectl rule check 3 --user 7'],
    [commandLine.checkRule('3', '7', []), `spikectl rule check 3 --user 7 --rule '[]'`],
    [
      commandLine.checkRuleDraft('7', [], { title: 'Two lamps', priceCents: 0 }),
      `spikectl rule check --user 7 --rule '[]' --title 'Two lamps' --price-cents 0`,
    ],
    [commandLine.allowList('3', ['7', '+49170 1'], true), "spikectl event allow 3 --user 7 --user '+49170 1' --remove"],
    [commandLine.changeAdmin('olga', { disabled: false }), 'spikectl admin update olga --enable'],
  ])('%s', (said, command) => {
    expect(said).toBe(command);
  });
});
