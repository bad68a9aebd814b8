import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { retriedCodes, type ErrorCode } from '../../src/domain/errorCatalogue.js';

/** A piece of the OpenAPI document. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever stands there
type Piece = any;

export interface Operation {
  method: string;
  /** As it stands in the document: `/order/{id}`. */
  path: string;
  piece: Piece;
}

/** An answer as it came. */
export interface Came {
  status: number;
  headers: Headers;
  body: unknown;
}

/** The document that is checked in; `npm run check` compares it with what the code says. */
export const document: Piece = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));

const ID = 'openapi';
let ajv: Ajv2020 | undefined;
const validators = new Map<string, ValidateFunction>();

export function operations(): Operation[] {
  return Object.entries<Piece>(document.paths).flatMap(([path, item]) =>
    ['get', 'post', 'put', 'delete']
      .filter((method) => item[method] !== undefined)
      .map((method) => ({ method: method.toUpperCase(), path, piece: item[method] })),
  );
}

/** A `$ref` followed, any other piece as it is. */
export function resolve(piece: Piece): Piece {
  if (piece?.$ref === undefined) return piece;
  const names = (piece.$ref as string).slice(2).split('/');
  return names.reduce<Piece>((within, name) => within[name], document);
}

/** What the document has against an answer to this request; empty when it is as described. */
export function answerIssues(method: string, url: string, sent: unknown, came: Came): string[] {
  if (method === 'HEAD') return [];
  const { pathname } = new URL(url);
  const operation = findOperation(method, pathname);
  if (operation === undefined) return strayIssues(pathname, came);
  const response = resolve(operation.piece.responses[came.status]);
  const place = `${operation.method} ${operation.path}: ${came.status}`;
  if (response === undefined) return [`${place} is not described: ${JSON.stringify(came.body)}`];
  return [
    ...bodyIssues(response, came, place),
    ...headerIssues(response, came, place),
    ...(came.status < 300 ? requestIssues(operation, sent, place) : []),
  ];
}

/** What is not in the document is either refused as such, or is the page or another file. */
function strayIssues(pathname: string, { status, body }: Came): string[] {
  if (typeof body !== 'object' || body === null || pathname === '/openapi.json') return [];
  const { code = 'none' } = body as { code?: string };
  return code === 'ROUTE_NOT_FOUND' || code === 'METHOD_NOT_ALLOWED'
    ? schemaIssues({ $ref: `#/components/schemas/${refusalName(code)}` }, body, pathname)
    : [`${pathname} is not described, and answers ${status} with the code ${code}`];
}

function bodyIssues(response: Piece, { body, headers }: Came, place: string): string[] {
  const type = (headers.get('content-type') ?? '').split(';', 1)[0]!;
  const content = response.content[type];
  if (content === undefined) return [`${place} comes as ${type}`];
  const { mapping } = (content.schema.discriminator ?? {}) as { mapping?: Record<string, string> };
  if (mapping === undefined) return schemaIssues(content.schema, body, place);
  const { code = 'none' } = body as { code?: string };
  const $ref = mapping[code];
  return $ref === undefined ? [`${place} with the code ${code} is not described`] : schemaIssues({ $ref }, body, place);
}

function headerIssues(response: Piece, { headers, body }: Came, place: string): string[] {
  const { code } = (typeof body === 'object' ? body : {}) as { code?: ErrorCode };
  const isRetried = code !== undefined && retriedCodes.includes(code);
  const issues = isRetried === headers.has('retry-after') ? [] : [`${place} ${code}: Retry-After is not as described`];
  const given = Object.entries<Piece>(response.headers).filter(([name]) => headers.has(name));
  for (const [name, piece] of given) {
    const { schema } = resolve(piece);
    const text = headers.get(name)!;
    issues.push(...schemaIssues(schema, schema.type === 'integer' ? Number(text) : text, `${place}, ${name}`));
  }
  if (!headers.has('x-request-id')) issues.push(`${place} comes without X-Request-Id`);
  return issues;
}

/** What was done must be something that the document allows to ask for. */
function requestIssues({ piece }: Operation, sent: unknown, place: string): string[] {
  if (sent === undefined) return piece.requestBody?.required ? [`${place} without a body`] : [];
  if (piece.requestBody === undefined) return [`${place} for a body that is not described`];
  return schemaIssues(piece.requestBody.content['application/json'].schema, sent, `${place} for a body that`);
}

/** @returns one line for each fault, with the place in the value */
export function schemaIssues(schema: Piece, value: unknown, place: string): string[] {
  const text = JSON.stringify(schema);
  let validate = validators.get(text);
  if (validate === undefined) {
    if (ajv === undefined) {
      ajv = new Ajv2020({ strict: false });
      formats.default(ajv);
      ajv.addSchema({ ...document, $id: ID });
    }
    validate = ajv.compile(JSON.parse(text.replaceAll('"#/', `"${ID}#/`)) as object);
    validators.set(text, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${place} ${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

let patterns: { operation: Operation; matches: RegExp; wild: number }[] | undefined;

/** The operation that a request asks for: of two that could be meant, the one with more words of its own. */
export function findOperation(method: string, pathname: string): Operation | undefined {
  patterns ??= operations()
    .map((operation) => ({
      operation,
      matches: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      wild: operation.path.split('{').length,
    }))
    .sort((one, other) => one.wild - other.wild);
  return patterns.find(({ operation, matches }) => operation.method === method && matches.test(pathname))?.operation;
}

/** `SOLD_OUT` → `SoldOutRefusal` */
function refusalName(code: string): string {
  return `${code
    .split('_')
    .map((word) => word[0]! + word.slice(1).toLowerCase())
    .join('')}Refusal`;
}
