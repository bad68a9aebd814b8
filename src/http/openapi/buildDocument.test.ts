import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { createRouter, readsBody } from '../router.js';
import { step } from '../context.js';
import { buildDocument, type DescribedService } from './buildDocument.js';
import type { Json } from './json.js';
import { answers, type Contract, type RouteDescription } from './routeDescription.js';

const lamp = z.strictObject({ watts: z.int().default(40), at: z.iso.datetime().transform(Date.parse) });
const types = { RefusalDetails: { properties: {} }, LampAnswer: { type: 'object' } };
const show: RouteDescription = { operationId: 'showLamp', summary: 'A lamp', answers: answers('LampAnswer', {}) };

function build(routes: Contract['routes'], register: (router: ReturnType<typeof createRouter>) => void): Json {
  const router = createRouter();
  register(router);
  const contracts: Contract[] = [{ tag: 'Lamps', description: '', routes }];
  const service: DescribedService = { name: 'lamp', port: 1, routes: router.routes, contracts };
  return buildDocument({ version: '1.2.3', services: [service], types });
}

const handler = () => undefined;

test('a route without a description, and a description without a route, are found', () => {
  expect(() => build({}, ({ route }) => route.get('/lamp', handler))).toThrow('GET /lamp of the lamp service');
  expect(() => build({ 'GET /lamp': show }, () => undefined)).toThrow('GET /lamp is described');
});

test('a type that does not exist, and an id of nobody knows what, are found', () => {
  const strange = { ...show, answers: answers('LanternAnswer', {}) };
  expect(() => build({ 'GET /lamp': strange }, ({ route }) => route.get('/lamp', handler))).toThrow('LanternAnswer');
  expect(() => build({ 'GET /lamp/:id': show }, ({ route }) => route.get('/lamp/:id', handler))).toThrow(':id');
});

test('a body without a name of its own is found', () => {
  const register = ({ route }: ReturnType<typeof createRouter>) => route.post('/lamp', readsBody(lamp), handler);
  expect(() => build({ 'POST /lamp': show }, register)).toThrow('.meta({ id })');
});

test('what the steps of the chain mean stands in the operation, and the schema that validates once among the schemas', () => {
  const guard = step((_ctx, next) => next(), { token: { holder: 'staff', role: 'admin' }, refusals: ['FORBIDDEN'] });
  const document = build({ 'POST /lamp': { ...show, body: {} } }, ({ route }) =>
    route.post('/lamp', guard, readsBody(lamp.meta({ id: 'NewLamp' })), handler),
  );
  expect(document).toMatchObject({
    paths: {
      '/lamp': {
        post: {
          security: [{ staff: ['admin'] }],
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/NewLamp' } } } },
          responses: {
            200: {},
            400: { $ref: '#/components/responses/400-BAD_JSON-BAD_INPUT' },
            403: { $ref: '#/components/responses/403-FORBIDDEN' },
            413: {},
          },
        },
      },
    },
    components: {
      schemas: {
        NewLamp: {
          type: 'object',
          properties: { watts: { type: 'integer', default: 40 }, at: { type: 'string', format: 'date-time' } },
          required: ['at'],
          additionalProperties: false,
        },
      },
    },
  });
});
