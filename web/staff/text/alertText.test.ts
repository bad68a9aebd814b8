import { describe, expect, test } from '@jest/globals';
import { createAlertJudge, type Judged } from '../../../src/domain/createAlertJudge.js';
import type { LiveEventView, LiveQueueView, ProcessView, StoreView } from '../../../src/domain/wire/live.js';
import { alertText } from './alertText.js';

const nowMs = Date.parse('2026-05-01T10:00:00Z');

/** A second in which everything is wrong that can be. */
const worst = {
  nowMs,
  events: [
    { id: '3', quantity: 100, available: 60, pending: 0, sold: 30 },
    { id: '4', quantity: 100, available: 0, pending: 0, sold: 103 },
  ] as LiveEventView[],
  queues: [
    { role: 'orders', ready: 1, consumers: 0 },
    { role: 'dead', ready: 2, consumers: 0 },
  ] as LiveQueueView[],
  processes: [
    { service: 'spike', instance: '1', restarts: 2, startedAt: new Date(nowMs - 5_000).toISOString() },
  ] as ProcessView[],
  stores: ['mysql', 'redis', 'rabbitmq'].map((name) => ({ name, status: 'away' }) as StoreView),
  stuck: new Map([['3', 1]]),
  rebuilding: new Set(['3']),
} satisfies Judged;

test('every alert that the services can give is said in Chinese, and in English as it is', () => {
  const judge = createAlertJudge();
  const alerts = Array.from({ length: 6 }, () => judge(worst)).at(-1)!;
  expect(new Set(alerts.map(({ code }) => code)).size).toBe(8);
  for (const { text } of alerts) {
    expect(alertText(text, 'zh')).toMatch(/^[^a-z]*(?:MySQL|Redis|RabbitMQ|spike)?[^a-z]*(?:Redis)?[^a-z]*$/);
    expect(alertText(text, 'zh')).not.toBe(text);
    expect(alertText(text, 'en')).toBe(text);
  }
});

describe('an alert that is new', () => {
  test('is shown as the service says it', () => {
    expect(alertText('The moon is full.', 'zh')).toBe('The moon is full.');
  });
});
