import type { LiveFrame } from '../../../domain/wire/live.js';
import { exampleEvent, exampleTime } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const frame: LiveFrame = {
  at: exampleTime,
  sequence: 1,
  intervalMs: 1000,
  events: [exampleEvent],
  eventsTotal: 1,
  queues: [{ name: 'spike.orders.v1', role: 'orders', ready: 0, unacked: 0, consumers: 1, oldestAgeMs: null }],
  consumers: [{ inHand: 0, oldestAgeMs: null, reportAgeMs: 300 }],
  processes: [],
  stores: [{ name: 'redis', status: 'up', latencyMs: 0.4, version: '7.0.15' }],
  purchaseLatencyMs: { p50: 3.2, p99: 11, count: 120 },
  alerts: [],
  log: [],
};

export const liveContract: Contract = {
  tag: 'Live',
  description:
    'The whole system at one moment: stock, answers, rates, queues, processes, stores, alerts, what staff did last.',
  routes: {
    'GET /admin/live': {
      operationId: 'live',
      summary: 'A frame every second, as Server-Sent Events',
      description:
        'All who listen get the same frames; a client that reads too slowly misses some. What a store that is away would say is null. An `end` says by its code why the stream ends; any other end is a broken connection, and worth another try after the `retry` that the stream names.',
      answers: {
        200: {
          description: 'A stream that goes on until the client, the token or the service ends it.',
          type: 'LiveFrame',
          contentType: 'text/event-stream',
          events: { frame: 'LiveFrame', end: 'StreamEnd' },
          example: `retry: 1000\n\nevent: frame\nid: 1\ndata: ${JSON.stringify(frame)}\n\n`,
        },
      },
      refusals: ['OVERLOADED'],
    },
    'GET /admin/live/once': {
      operationId: 'showFrame',
      summary: 'The frame of this moment',
      answers: answers('FrameAnswer', { frame }),
    },
  },
};
