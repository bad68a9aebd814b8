import { answers, type Contract } from './routeDescription.js';

/** The routes that `createApp` gives to every service. */
export const healthContract: Contract = {
  tag: 'Health',
  description: 'What every one of the five services answers to whoever runs it. The ingress routes none of it.',
  isInternal: true,
  routes: {
    'GET /healthz': {
      operationId: 'healthz',
      summary: 'Alive: the process answers',
      answers: answers('HealthAnswer', {}),
    },
    'GET /readyz': {
      operationId: 'readyz',
      summary: 'Ready: its stores answer too',
      description: 'A refusal names the stores that do not.',
      answers: answers('ReadyAnswer', { stores: ['mysql', 'redis'] }),
      refusals: ['SHUTTING_DOWN', 'STORE_UNAVAILABLE'],
    },
    'GET /metrics': {
      operationId: 'metrics',
      summary: "Metrics in Prometheus' text form",
      answers: {
        200: {
          description: 'One sample a line.',
          type: 'text',
          contentType: 'text/plain',
          example: 'http_requests_total{method="GET",route="/healthz",status="200",service="user",instance="0"} 1\n',
        },
      },
    },
  },
};
