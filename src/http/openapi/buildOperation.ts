import type { ErrorCode } from '../../domain/errorCatalogue.js';
import type { Route } from '../router.js';
import type { StepContract } from '../stepContract.js';
import { toBodySchema, toQueryParameters } from './inputSchemas.js';
import { ref, type Json, type Schemas } from './json.js';
import { refusalResponses } from './refusals.js';
import type { AnswerDescription, Contract, RouteDescription } from './routeDescription.js';

/** What operations have in common, by name. */
export interface Parts {
  schemas: Schemas;
  responses: Record<string, Json>;
}

export interface OperationSource {
  service: string;
  contract: Contract;
  route: Pick<Route, 'method' | 'pattern' | 'contracts'>;
  description: RouteDescription;
}

/**
 * One operation of the document: what the chain of the route says (token and role, query, body, refusals), what its description
 * says, and what holds for every route.
 *
 * @param parts gets the schemas and responses that it names
 */
export function buildOperation({ service, contract, route, description }: OperationSource, parts: Parts): Json {
  const { schemas } = parts;
  const { operationId, summary } = description;
  const chain = mergeContracts(route.contracts);
  const parameters = [
    ...pathParameters(route.pattern, description),
    ...(chain.query === undefined ? [] : toQueryParameters(chain.query, schemas)),
    { $ref: '#/components/parameters/RequestId' },
  ];
  const refusals = new Set([...chain.refusals, ...(description.refusals ?? []), ...everywhere(contract)]);
  const responses: Record<string, Json> = { ...refusalResponses(refusals, parts.responses) };
  for (const [status, answer] of Object.entries(description.answers))
    responses[status] = answerResponse(answer, chain.deprecation === undefined ? {} : deprecationHeaders);
  return {
    operationId,
    tags: [contract.tag],
    summary,
    ...(description.description === undefined ? {} : { description: description.description }),
    ...(chain.deprecation === undefined ? {} : { deprecated: true, 'x-sunset': chain.deprecation.sunset }),
    ...(contract.isInternal ? { 'x-internal': true } : {}),
    'x-service': service,
    security: chain.token === undefined ? [] : [{ [chain.token.holder]: roles(chain.token) }],
    parameters,
    ...(chain.body === undefined ? {} : { requestBody: requestBody(chain.body, description, schemas) }),
    responses,
  };
}

function mergeContracts(contracts: readonly StepContract[]) {
  const refusals: ErrorCode[] = contracts.flatMap((one) => one.refusals ?? []);
  return { ...Object.assign({}, ...contracts), refusals } as Omit<StepContract, 'refusals'> & { refusals: ErrorCode[] };
}

/** What no route is safe from. Who only asks whether a process lives asks no store. */
function everywhere({ tag }: Contract): ErrorCode[] {
  return tag === 'Health' ? ['INTERNAL'] : ['INTERNAL', 'STORE_UNAVAILABLE'];
}

function roles({ role }: NonNullable<StepContract['token']>): string[] {
  return role === undefined ? [] : [role];
}

function pathParameters(pattern: string, { id }: RouteDescription): Json[] {
  return [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => {
    if (name === 'ticket') return { $ref: '#/components/parameters/Ticket' };
    if (name !== 'id' || id === undefined) throw new Error(`${pattern}: what is :${name} the id of?`);
    return { $ref: `#/components/parameters/${parameterName(id)}` };
  });
}

/** `member of staff` → `MemberOfStaffId` */
export function parameterName(named: string): string {
  const words = named.split(' ').map((word) => word[0]!.toUpperCase() + word.slice(1));
  return `${words.join('')}Id`;
}

function requestBody(
  body: NonNullable<StepContract['body']>,
  { body: example }: RouteDescription,
  schemas: Schemas,
): Json {
  return {
    required: !body.isOptional,
    content: { 'application/json': { schema: toBodySchema(body.schema, schemas), example } },
  };
}

function answerResponse(
  { description, type, contentType = 'application/json', events, example }: AnswerDescription,
  headers: Json,
): Json {
  const stream = Object.fromEntries(Object.entries(events ?? {}).map(([name, of]) => [name, ref(of)]));
  return {
    description,
    headers: { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' }, ...headers },
    content: {
      [contentType]: {
        schema: contentType === 'application/json' ? ref(type) : { type: 'string' },
        ...(events === undefined ? {} : { 'x-events': stream }),
        example,
      },
    },
  };
}

const deprecationHeaders = {
  Deprecation: { $ref: '#/components/headers/Deprecation' },
  Sunset: { $ref: '#/components/headers/Sunset' },
};
