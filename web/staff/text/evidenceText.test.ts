import { expect, test } from '@jest/globals';
import { judgeEvent, type AuditedOrder, type AuditedStock, type AuditInput } from '../../../src/domain/judgeEvent.js';
import { evidenceText } from './evidenceText.js';
import { moment } from './format.js';

const order = (orderId: string, state: AuditedOrder['state']): AuditedOrder => ({
  orderId,
  userId: '7',
  quantity: 1,
  state,
  ticketId: orderId,
  sequence: 1,
  unitReturnDue: 0,
});

const snapshot: AuditedStock = {
  code: 'OK',
  nowMs: 0,
  event: { quantity: 9, available: 1, sequence: 5 },
  buyers: new Map([['7', { orders: [{ orderId: '1-B', quantity: 1 }] }]]),
  pending: [],
  parked: new Map(),
};

/** An event whose stores agree about nothing. */
const worst: AuditInput = {
  event: { id: '1', title: 'Lamp', quantity: 10, sold: 5 },
  orders: [order('1-A', 'ordered'), order('1-B', 'cancelled')],
  counts: [{ userId: '7', units: 4, unitsMax: 1 }],
  snapshot,
  stuckAfterSeconds: 30,
};

/** Names of stores and parts, ids, times and commands are no words of a language. */
const NAMES = /Redis|MySQL|RabbitMQ|NTP|spikectl [a-z -]+|\d-[AB]|spike\.orders\.v1|title|rule/g;

function expectChinese(text: string): void {
  const said = evidenceText(text, 'zh');
  expect(said).not.toBe(text);
  expect(said.replace(NAMES, '')).not.toMatch(/[a-z]|undefined/i);
  expect(evidenceText(text, 'en')).toBe(text);
}

test('every problem that an audit can find is said in Chinese, and in English as it is', () => {
  const found = [
    worst,
    { ...worst, snapshot: undefined },
    { ...worst, snapshot: { ...snapshot, code: 'STALE' as const } },
    { ...worst, snapshot: { ...snapshot, code: 'NO_EVENT' as const } },
  ].flatMap((input) => judgeEvent(input).problems);
  expect(new Set(found).size).toBe(9);
  for (const problem of found) expectChinese(problem);
});

test.each([
  'the order service is rebuilding the stock from MySQL',
  '10 = 7 available + 1 pending + 2 sold',
  '10 = 7 available + 1 pending + 2 sold; it was missing in Redis and is there now',
  'the audit found something: 10 = null available + null pending + 2 sold',
  'Redis does not have the event',
  'Redis differs in title, rule',
  'Redis has what MySQL has',
  'Redis has what MySQL has; brought just now: title',
  'Redis has 5 of 6 scripts',
  'spike.orders.v1 has 1 consumer',
  'spike.orders.v1 has 0 consumers',
  'RabbitMQ does not answer',
  'none: everybody may buy',
  'it cannot be read, so nobody may buy: [0].rule: 1',
  "Redis' clock and this service's are 0 ms apart",
  'Warm it again in some seconds; if it stays so: spikectl status',
  'Closing is for good; make another event: spikectl event create --help',
  'Let both machines set their clock by NTP.',
])('of a check for a sale is said in Chinese: %s', (text) => {
  expectChinese(text);
});

test('the window of a sale is said in the time of this browser, to the second', () => {
  const times = ['2030-01-01T12:00:00.000Z', '2030-01-02T12:00:00.000Z'] as const;
  const [startsAt, endsAt] = times.map((time) => moment(time));
  const text = `open: ${times[0]} to ${times[1]}`;
  expect(evidenceText(text, 'en')).toBe(`open: ${startsAt} to ${endsAt}`);
  expect(evidenceText(text, 'zh')).toBe(`进行中：${startsAt} 至 ${endsAt}`);
});

test.each(['spikectl audit 1', 'base → untrustworthy', 'The moon is full.'])('is shown as it is: %s', (text) => {
  expect(evidenceText(text, 'zh')).toBe(text);
});
