import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readEvents } from '../../src/client/readEvents.js';
import { parameterName } from '../../src/http/openapi/buildOperation.js';
import { exampleIds } from '../../src/http/openapi/examples.js';
import { roleIncludes, staffRoles, type StaffRole } from '../../src/domain/staffRole.js';
import { ask } from '../helpers/ask.js';
import { operations, schemaIssues, type Operation } from '../helpers/contract.js';
import { openHouse, type House } from '../helpers/openHouse.js';
import type { Shopper } from '../helpers/openSale.js';

/** The things that the examples speak of, as they are called here. */
interface Things {
  event: string;
  order: string;
  user: string;
  commodity: string;
  'member of staff': string;
  ticket: string;
}

const names = Object.keys(exampleIds) as (keyof typeof exampleIds)[];

let house: House;
let shopper: Shopper;
let things: Things;

beforeAll(async () => {
  house = await openHouse({ addressBurst: 10_000, userBurst: 10_000 });
  const [buyer, other] = await house.sale.shoppers(2);
  shopper = buyer!;
  const event = await house.sale.event();
  const ticket = await house.sale.ticket(shopper, event);
  const { body: listed } = await house.staff('GET', 'commodities');
  things = {
    event,
    order: await buy(event),
    user: other!.userId,
    commodity: listed.commodities[0].id,
    'member of staff': '0',
    ticket,
  };
});

afterAll(async () => {
  await house.close();
});

/** An order of somebody's that is stored. */
async function buy(eventId: string, buyer: Shopper = shopper): Promise<string> {
  const bought = await house.sale.buy(buyer, eventId);
  await house.sale.orderIn(buyer, bought.body.orderId, 'ordered');
  return bought.body.orderId as string;
}

/** What an example needs before it, as it changes or ends what it is about. Returns other things than those of all. */
const prepare: Readonly<Record<string, () => Promise<Partial<Things>>>> = {
  purchase: async () => {
    const event = await house.sale.event();
    return { event, ticket: await house.sale.ticket(shopper, event) };
  },
  payOrder: async () => ({ order: await buy(await house.sale.event()) }),
  cancelOrder: async () => ({ order: await buy(await house.sale.event()) }),
  staffCancelOrder: async () => ({ order: await buy(await house.sale.event()) }),
  refundOrder: async () => {
    const order = await buy(await house.sale.event());
    await house.sale.pay(shopper, order);
    return { order };
  },
  deleteEvent: async () => ({ event: await house.sale.event() }),
  closeEvent: async () => ({ event: await house.sale.event() }),
  reconcile: async () => ({ event: await house.sale.event() }),
  deleteCommodity: async () => {
    const made = await house.staff('POST', 'commodities', { body: { name: 'never sold' } });
    return { commodity: made.body.commodity.id as string };
  },
};

/** Examples that others build on. */
const first = ['createAdmin', 'staffLogin', 'changeOwnPassword'];

/** What a later example of the same kind needs to be another one. */
const another: Readonly<Record<string, object>> = { createUser: { phone: '+49 170 7654321' } };

/** Asked in a way of their own below. */
const streams = ['live'];

function inOrder(): Operation[] {
  const rank = ({ piece }: Operation) => first.indexOf(piece.operationId as string) + 1 || first.length + 1;
  return operations()
    .filter(({ piece }) => !streams.includes(piece.operationId as string))
    .sort((one, other) => rank(one) - rank(other));
}

interface Asking {
  token?: string | undefined;
  body?: unknown;
  query?: string;
  things?: Partial<Things>;
}

function send({ method, path, piece }: Operation, { token, body, query = '', things: others = {} }: Asking) {
  const those = { ...things, ...others };
  const [idParameter] = piece.parameters as { $ref?: string }[];
  const named = names.find((name) => idParameter?.$ref?.endsWith(`/${parameterName(name)}`));
  const filled = path.replace('{id}', named === undefined ? '' : those[named]).replace('{ticket}', those.ticket);
  const url = `${house.urls[piece['x-service'] as keyof House['urls']]}${filled}${query}`;
  return ask(method, url, { token, body: typeof body === 'string' ? body : inPlace(body, those) });
}

/** An example with the ids of this run in place of its own. */
function inPlace(value: unknown, those: Things): unknown {
  if (value === undefined) return undefined;
  const nameOf = (text: unknown) => names.find((name) => exampleIds[name] === text);
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) => {
    const name = nameOf(inner);
    return name === undefined ? inner : those[name];
  });
}

function exampleBody({ piece }: Operation): unknown {
  const example: unknown = piece.requestBody?.content['application/json'].example;
  const more = another[piece.operationId as string];
  return more === undefined ? example : { ...(example as object), ...more };
}

/** Who is needed for the operation; undefined when anybody may. */
function needed({ piece }: Operation): { holder: string; role: StaffRole } | undefined {
  const [requirement] = piece.security as Record<string, StaffRole[]>[];
  if (requirement === undefined) return undefined;
  const [holder, [role = 'viewer']] = Object.entries(requirement)[0]!;
  return { holder, role };
}

function tokenFor(operation: Operation): string | undefined {
  const who = needed(operation);
  if (who === undefined) return undefined;
  if (who.holder === 'shopper') return shopper.token;
  return who.holder === 'service' ? house.config.serviceToken : house.tokens[who.role];
}

/** The examples of the good answers that are JSON, by status. */
function goodExamples({ piece }: Operation): Map<number, object | undefined> {
  const good = Object.entries<{ content: Record<string, { example: object }> }>(piece.responses).filter(([status]) =>
    status.startsWith('2'),
  );
  return new Map(good.map(([status, { content }]) => [Number(status), content['application/json']?.example]));
}

test('every example is answered with a status and a body like those that stand beside it', async () => {
  let freshToken: string | undefined;
  for (const operation of inOrder()) {
    const { operationId } = operation.piece as { operationId: string };
    const others = (await prepare[operationId]?.()) ?? {};
    // Who changes their own password has another token from then on: it is somebody's whom nobody needs.
    const token = operationId === 'changeOwnPassword' ? freshToken : tokenFor(operation);
    const { status, body } = await send(operation, { token, body: exampleBody(operation), things: others });
    const good = goodExamples(operation);
    expect({ operationId, status, body: good.has(status) ? undefined : body }).toEqual({ operationId, status });
    const example = good.get(status);
    if (example !== undefined) expect(Object.keys(body).sort()).toEqual(Object.keys(example).sort());
    if (operationId === 'createAdmin') things['member of staff'] = body.admin.id;
    if (operationId === 'staffLogin') freshToken = body.token;
  }
});

test('the frames of the stream are as described, and so is its end', async () => {
  const stop = new AbortController();
  const { piece } = operations().find(({ piece: one }) => one.operationId === 'live')!;
  const events = piece.responses['200'].content['text/event-stream']['x-events'];
  const response = await fetch(`${house.urls.admin}/admin/live`, {
    headers: { authorization: `Bearer ${house.tokens.viewer}` },
    signal: stop.signal,
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const decoder = new TextDecoderStream();
  try {
    for await (const { event, data } of readEvents(response.body!.pipeThrough(decoder))) {
      expect(schemaIssues(events[event], JSON.parse(data), event)).toEqual([]);
      if (event === 'frame') break;
    }
  } finally {
    stop.abort();
  }
  expect(schemaIssues(events.end, { code: 'SHUTTING_DOWN' }, 'end')).toEqual([]);
});

describe('every operation refuses as described', () => {
  /** Those whose body counts only with a ticket that is spent by it. */
  const readsLate = ['purchase'];
  const asked = () => operations().filter(({ piece }) => !streams.includes(piece.operationId as string));

  test('who does not say who they are', async () => {
    for (const operation of asked().filter((one) => needed(one) !== undefined)) {
      const { body } = await send(operation, {});
      expect({ ...operation, code: body.code }).toEqual({ ...operation, code: 'UNAUTHENTICATED' });
    }
  });

  test('who has too low a role', async () => {
    for (const operation of asked()) {
      const who = needed(operation);
      const lower = staffRoles.filter((role) => who?.holder === 'staff' && !roleIncludes(role, who.role));
      for (const role of lower) {
        const { body } = await send(operation, { token: house.tokens[role] });
        expect({ ...operation, code: body.code }).toEqual({ ...operation, code: 'FORBIDDEN' });
      }
    }
  });

  test.each([
    ['BAD_JSON', '{"half":'],
    ['BAD_INPUT', { colour: 'red' }],
    ['BODY_TOO_LARGE', { colour: 'red'.repeat(50_000) }],
  ])('a body that is %s', async (code, sent) => {
    for (const operation of asked().filter(({ piece }) => piece.requestBody !== undefined)) {
      if (readsLate.includes(operation.piece.operationId as string)) continue;
      const { body } = await send(operation, { token: tokenFor(operation), body: sent });
      expect({ ...operation, code: body.code }).toEqual({ ...operation, code });
    }
  });

  test('a query that nobody knows', async () => {
    const takesQuery = ({ piece }: Operation) => piece.parameters.some((one: { in?: string }) => one.in === 'query');
    for (const operation of asked().filter(takesQuery)) {
      const { body } = await send(operation, { token: tokenFor(operation), query: '?colour=red' });
      expect({ ...operation, code: body.code }).toEqual({ ...operation, code: 'BAD_INPUT' });
    }
  });

  test('what does not exist', async () => {
    const nothing: Partial<Things> = { ...things, order: '999999-01JGFJJZ00000000000000000A' };
    for (const name of names) if (name !== 'order') nothing[name] = '999999';
    for (const operation of asked().filter(({ path }) => path.includes('{id}') && !path.includes('{ticket}'))) {
      const { body } = await send(operation, {
        token: tokenFor(operation),
        body: exampleBody(operation),
        things: nothing,
      });
      expect({ ...operation, code: body.code }).toEqual({ ...operation, code: 'NOT_FOUND' });
    }
  });
});
