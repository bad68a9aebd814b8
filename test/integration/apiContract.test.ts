import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Route } from '../../src/http/router.js';
import type { StepContract } from '../../src/http/stepContract.js';
import { answerIssues, document, findOperation, operations, resolve, schemaIssues } from '../helpers/contract.js';
import { openHouse, type House } from '../helpers/openHouse.js';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

/** `GET /order/:id`, as the document names it. */
function nameOf({ method, pattern }: Route): string {
  return `${method} ${pattern.replaceAll(/:(\w+)/g, '{$1}')}`;
}

describe('docs/openapi.json', () => {
  test('is a valid OpenAPI 3.1 document', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  test('has every route of the five services, and no other', () => {
    const served = Object.values(house.routes).flat().map(nameOf);
    const described = operations().map(({ method, path }) => `${method} ${path}`);
    expect(described.sort()).toEqual([...new Set(served)].sort());
  });

  test('asks for the token, the role, the query and the body that the route asks for, and names its refusals', () => {
    for (const route of Object.values(house.routes).flat()) {
      const { piece } = findOperation(route.method, route.pattern.replaceAll(/:(\w+)/g, 'x'))!;
      const chain = Object.assign({}, ...route.contracts) as StepContract;
      const refusals = route.contracts.flatMap((contract) => contract.refusals ?? []);
      const { holder, role } = chain.token ?? {};
      const described = new Set(
        Object.values<object>(piece.responses).flatMap((response) =>
          Object.keys(resolve(response).content['application/json']?.examples ?? {}),
        ),
      );
      expect({
        name: nameOf(route),
        security: piece.security,
        hasBody: piece.requestBody !== undefined,
        hasQuery: piece.parameters.some((one: { in?: string }) => one.in === 'query'),
        unnamed: refusals.filter((code) => !described.has(code)),
      }).toEqual({
        name: nameOf(route),
        security: holder === undefined ? [] : [{ [holder]: role === undefined ? [] : [role] }],
        hasBody: chain.body !== undefined,
        hasQuery: chain.query !== undefined,
        unnamed: [],
      });
    }
  });

  test('says of each operation in words what it does, under a name of its own', () => {
    const names = operations().map(({ piece }) => piece.operationId as string);
    expect(new Set(names).size).toBe(names.length);
    for (const { piece } of operations()) {
      expect(piece.summary).toMatch(/\w{2}/);
      expect(document.tags.map(({ name }: { name: string }) => name)).toContain(piece.tags[0]);
    }
  });

  test('has an example of each answer and each body, and each is of the shape that it stands beside', () => {
    for (const { method, path, piece } of operations()) {
      const place = `${method} ${path}`;
      const body = piece.requestBody?.content['application/json'];
      if (body !== undefined) expect(schemaIssues(body.schema, body.example, place)).toEqual([]);
      for (const [status, response] of Object.entries<object>(piece.responses)) {
        const [content] = Object.values<Record<string, unknown>>(resolve(response).content);
        const { schema, example, examples } = content as { schema: object; example: unknown; examples?: object };
        const values = examples === undefined ? [example] : Object.values(examples).map((one) => resolve(one).value);
        expect(values.length).toBeGreaterThan(0);
        for (const value of values) expect(schemaIssues(schema, value, `${place}: ${status}`)).toEqual([]);
      }
    }
  });
});

describe('a test that asks a service', () => {
  const url = 'http://127.0.0.1/users/login';
  const sent = { phone: '+491701234567', password: 'correct horse' };
  const good = { status: 'success', token: 'x', expire: '2030-01-01T12:00:00.000Z' };
  const refusal = (code: string) => ({ status: 'fail', code, msg: '', next: '', requestId: 'k3hQ0x9a-7' });
  const head = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'k3hQ0x9a-7' };
  const issues = (status: number, body: object, more = {}, asked: unknown = sent) =>
    answerIssues('POST', url, asked, { status, body, headers: new Headers({ ...head, ...more }) });

  test('takes an answer that is described', () => {
    expect(issues(200, good)).toEqual([]);
    expect(issues(429, refusal('TOO_MANY_REQUESTS'), { 'retry-after': '3' })).toEqual([]);
  });

  test.each([
    ['a status', () => issues(201, good)],
    ['a code', () => issues(403, refusal('NOT_ELIGIBLE'))],
    ['a field', () => issues(200, { ...good, colour: 'red' })],
    ['a field of a refusal', () => issues(401, { ...refusal('BAD_CREDENTIALS'), hint: 'nearly' })],
    ['a value', () => issues(200, { ...good, expire: 'tomorrow' })],
    ['a field too few', () => issues(200, { status: 'success', token: 'x' })],
    ['a wait without Retry-After', () => issues(429, refusal('TOO_MANY_REQUESTS'))],
    ['a Retry-After that nobody expects', () => issues(401, refusal('BAD_CREDENTIALS'), { 'retry-after': '3' })],
    ['another kind of content', () => issues(200, good, { 'content-type': 'text/html' })],
    ['success for a body that is not described', () => issues(200, good, {}, { ...sent, colour: 'red' })],
  ])('fails at %s that the document does not have', (_what, found) => {
    expect(found()).not.toEqual([]);
  });

  test('fails at a route that the document does not have', () => {
    const answer = { status: 200, body: good, headers: new Headers(head) };
    expect(answerIssues('GET', 'http://127.0.0.1/users/hidden', undefined, answer)).not.toEqual([]);
  });
});
