import { staffRoles } from '../../domain/staffRole.js';
import type { Route } from '../router.js';
import { buildOperation, parameterName, type Parts } from './buildOperation.js';
import { exampleIds, exampleTicket } from './examples.js';
import { SCHEMAS, walk, type Json, type Schemas } from './json.js';
import { refusalExamples, refusalSchemas } from './refusals.js';
import type { Contract, RouteDescription } from './routeDescription.js';

/** One service as the document sees it: its routes as they are registered, and what stands beside them. */
export interface DescribedService {
  name: string;
  /** Its port on this machine, for the routes that the ingress does not route. */
  port: number;
  routes: readonly Pick<Route, 'method' | 'pattern' | 'contracts'>[];
  contracts: readonly Contract[];
}

export interface DocumentSources {
  version: string;
  services: readonly DescribedService[];
  /** The schemas of the wire types, by name: more than the document needs. */
  types: Schemas;
}

const INFO = `What shops, apps, load tools and staff ask the five services, behind one URL: on one machine the ingress, in a cluster the Ingress of the chart. Generated from the routes and the schemas that validate; every answer in the tests is compared with it.

**Bodies** are JSON objects. Unknown fields are refused by name. **Ids** are text, **money** is an integer in minor units, **times** are ISO 8601 in UTC, what is missing is \`null\`.

**Success** is \`{"status":"success", …}\`; **refusal** is \`{"status":"fail","code","msg","next","requestId", …}\`. Decide by \`code\`: \`msg\` and \`next\` are for people and may change.

A path that is not here is 404 \`ROUTE_NOT_FOUND\`; a method that a path does not take is 405 \`METHOD_NOT_ALLOWED\`, with \`Allow\`. \`Retry-After\` comes with every refusal that waiting mends. A store that is away is never reported as sold out.`;

/**
 * The OpenAPI document of all services.
 *
 * @throws Error naming a route without a description, a description without a route, and a type that does not exist
 */
export function buildDocument({ version, services, types }: DocumentSources): Json {
  const schemas: Schemas = refusalSchemas(types);
  const responses: Record<string, Json> = {};
  const paths: Record<string, Json> = {};
  for (const service of services) addPaths(paths, service, { schemas, responses });
  for (const name of findNamed({ paths, schemas }, types)) schemas[name] ??= types[name]!;
  const all = services.flatMap((service) => service.contracts);
  const contracts = [...all.filter((one) => !one.isInternal), ...all.filter((one) => one.isInternal)];
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'spikectl: flash sales over HTTP',
      version,
      description: INFO,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Where this document came from.' }],
    tags: [...new Map(contracts.map(({ tag, description }) => [tag, { name: tag, description }])).values()],
    paths,
    components: {
      schemas: sorted(schemas),
      responses: sorted(responses),
      examples: refusalExamples(),
      parameters: parameters(),
      headers,
      securitySchemes,
    },
  };
}

function sorted<T>(byName: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(byName).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function addPaths(paths: Record<string, Json>, service: DescribedService, parts: Parts): void {
  const described = new Map<string, { contract: Contract; description: RouteDescription }>();
  for (const contract of service.contracts)
    for (const [name, description] of Object.entries(contract.routes)) described.set(name, { contract, description });
  for (const route of service.routes) {
    const name = `${route.method} ${route.pattern}`;
    const found = described.get(name);
    if (found === undefined)
      throw new Error(`${name} of the ${service.name} service is not described in a contract.ts.`);
    described.delete(name);
    const path = route.pattern.replaceAll(/:(\w+)/g, '{$1}');
    const item = (paths[path] ??= {});
    const method = route.method.toLowerCase();
    if (found.contract.isInternal) addServer(item, service);
    item[method] ??= buildOperation({ service: service.name, route, ...found }, parts);
  }
  const [left] = described.keys();
  if (left !== undefined) throw new Error(`${left} is described, and the ${service.name} service has no such route.`);
}

/** A route that the ingress does not route is asked at the service itself; several services may have it. */
function addServer(item: Json, { name, port }: DescribedService): void {
  const servers = (item.servers ??= []) as Json[];
  const url = `http://127.0.0.1:${port}`;
  if (!servers.some((server) => server.url === url))
    servers.push({ url, description: `The ${name} service, as it listens on one machine.` });
}

/** The wire types that are named, directly or by one that is. */
function findNamed(document: Json, types: Schemas): Set<string> {
  const found = new Set<string>();
  const open: unknown[] = [document];
  for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
    for (const { $ref } of walk(piece)) {
      if (typeof $ref !== 'string' || !$ref.startsWith(SCHEMAS)) continue;
      const name = $ref.slice(SCHEMAS.length);
      if (found.has(name) || name in (document.schemas as Schemas)) continue;
      if (types[name] === undefined) throw new Error(`There is no wire type ${name}.`);
      found.add(name);
      open.push(types[name]);
    }
  }
  return found;
}

function parameters(): Record<string, Json> {
  const ids = Object.entries(exampleIds).map(([named, example]) => [
    parameterName(named),
    {
      name: 'id',
      in: 'path',
      required: true,
      description: `The id of the ${named}. One that cannot be an id is not found.`,
      schema: { type: 'string' },
      example,
    },
  ]);
  return {
    ...(Object.fromEntries(ids) as Record<string, Json>),
    Ticket: {
      name: 'ticket',
      in: 'path',
      required: true,
      description: 'The `token` that `GET /spike/{id}` answered.',
      schema: { type: 'string' },
      example: exampleTicket,
    },
    RequestId: {
      name: 'X-Request-Id',
      in: 'header',
      required: false,
      description: 'Kept when it is 8 to 64 letters, digits, `.`, `_` or `-`; otherwise one is made.',
      schema: { type: 'string' },
    },
  };
}

const headers = {
  'X-Request-Id': {
    description: 'What this request is called in the log and in the audit log.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{8,64}$' },
  },
  'Retry-After': {
    description: 'Seconds after which it is worth to ask again. Comes with every code that says so.',
    schema: { type: 'integer', minimum: 1 },
  },
  Deprecation: {
    description: 'Since when the route is given up: `@` and seconds since 1970 (RFC 9745).',
    schema: { type: 'string', pattern: '^@[0-9]+$' },
  },
  Sunset: {
    description: 'From when on the route may be gone: an HTTP date (RFC 8594).',
    schema: { type: 'string' },
  },
};

const bearer = { type: 'http', scheme: 'bearer' };

const securitySchemes = {
  shopper: {
    ...bearer,
    bearerFormat: 'JWT',
    description: 'From `POST /users/login`. Of no use to the routes of staff.',
  },
  staff: {
    ...bearer,
    bearerFormat: 'JWT',
    description: `From \`POST /admin/login\`. The needed role stands beside it; each role may do all that the one before may: ${staffRoles.join(', ')}.`,
  },
  service: { ...bearer, description: 'The token that the services share (`SPIKE_SERVICE_TOKEN`).' },
};
