import { errorCatalogue, retriedCodes, type ErrorCode } from '../../domain/errorCatalogue.js';
import type { RefusalDetails } from '../../domain/refusalDetails.js';
import { exampleIds, exampleTime } from './examples.js';
import { ref, type Json, type Schemas } from './json.js';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

/** One example of what each code adds. */
const exampleDetails: RefusalDetails = {
  BAD_JSON: { reason: 'Unexpected end of JSON input' },
  BAD_INPUT: { issues: [{ path: 'colour', message: 'is not known here' }] },
  BAD_RULE: { issues: [{ path: '[0].rule.age.min', message: 'Invalid input: expected number, received string' }] },
  BODY_TOO_LARGE: { limitBytes: 65_536 },
  FORBIDDEN: { role: 'viewer', needed: 'operator' },
  NOT_ELIGIBLE: { reason: 'you are not on the list of this event', filter: 'allowlist' },
  NOT_FOUND: {},
  ROUTE_NOT_FOUND: {},
  METHOD_NOT_ALLOWED: { allow: ['GET'] },
  SOLD_OUT: { rest: 0 },
  ALREADY_ORDERED: { orderId: exampleIds.order },
  LIMIT_REACHED: { orderId: exampleIds.order, purchaseLimit: 1 },
  ORDER_NOT_PAYABLE: { orderId: exampleIds.order, state: 'expired', payBefore: exampleTime },
  ORDER_NOT_CANCELLABLE: { orderId: exampleIds.order, state: 'paid' },
  ORDER_NOT_REFUNDABLE: { orderId: exampleIds.order, state: 'ordered', endedAt: null, endedBy: null },
  ORDER_STILL_PENDING: { orderId: exampleIds.order, state: 'pending' },
  EVENT_EXISTS: { eventId: exampleIds.event },
  COMMODITY_IN_USE: { reason: 'an event sells it', eventIds: [exampleIds.event], deletedEvents: 0 },
  EVENT_STATE: { state: 'closed' },
  NOT_ENOUGH_FREE: { quantity: 100, available: 10, quantityMin: 90 },
  EVENT_OVERSOLD: { eventId: exampleIds.event },
  EVENT_ENDED: { endsAt: exampleTime },
  EVENT_NOT_STARTED: { startsAt: exampleTime },
  TOO_MANY_REQUESTS: {},
  STORE_UNAVAILABLE: { store: 'redis' },
};

/** `SOLD_OUT` → `SoldOutRefusal` */
function refusalName(code: ErrorCode): string {
  const words = code.split('_').map((word) => word[0]! + word.slice(1).toLowerCase());
  return `${words.join('')}Refusal`;
}

/** The schema of each code's answer. @param types the schemas of the wire types, `RefusalDetails` among them */
export function refusalSchemas(types: Schemas): Schemas {
  const details = types.RefusalDetails!.properties as Schemas;
  return Object.fromEntries(
    codes.map((code) => [refusalName(code), refusalSchema(code, resolve(details[code], types))]),
  );
}

function refusalSchema(code: ErrorCode, { properties = {}, required = [], description = '' }: Json): Json {
  const { msg, next } = errorCatalogue[code];
  return {
    type: 'object',
    description: `${sentence(msg)} ${next}\n\n${description as string}`.trimEnd(),
    properties: {
      status: { const: 'fail' },
      code: { const: code },
      msg: { type: 'string', description: 'For a person to read.' },
      next: { type: 'string', description: 'What to do about it.' },
      requestId: { type: 'string' },
      ...(properties as Json),
    },
    required: ['status', 'code', 'msg', 'next', 'requestId', ...(required as string[])],
    additionalProperties: false,
  };
}

function resolve(schema: Json | undefined, types: Schemas): Json {
  if (schema === undefined) return {};
  const { $ref, ...own } = schema;
  return typeof $ref === 'string' ? { ...types[$ref.split('/').at(-1)!], ...own } : schema;
}

export function refusalExamples(): Record<string, Json> {
  return Object.fromEntries(
    codes.map((code) => {
      const { msg, next } = errorCatalogue[code];
      const more = code in exampleDetails ? exampleDetails[code as keyof RefusalDetails] : {};
      const value = { status: 'fail', code, msg, next, requestId: 'k3hQ0x9a-7', ...more };
      return [code, { summary: sentence(msg), value }];
    }),
  );
}

/**
 * The responses of an operation that refuses with these codes, by HTTP status.
 *
 * @param shared gets each of them, by its status and codes: most operations refuse alike
 */
export function refusalResponses(refusals: ReadonlySet<ErrorCode>, shared: Record<string, Json>): Record<string, Json> {
  const ofOperation = codes.filter((code) => refusals.has(code));
  const statuses = new Set(ofOperation.map((code) => errorCatalogue[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => {
      const ofStatus = ofOperation.filter((code) => errorCatalogue[code].status === status);
      const name = [status, ...ofStatus].join('-');
      shared[name] ??= refusalResponse(ofStatus);
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
}

function refusalResponse(ofStatus: readonly ErrorCode[]): Json {
  const refs = ofStatus.map((code) => ref(refusalName(code)));
  const mapping = Object.fromEntries(ofStatus.map((code) => [code, ref(refusalName(code)).$ref]));
  const isRetried = ofStatus.some((code) => retriedCodes.includes(code));
  return {
    description: ofStatus.map((code) => `\`${code}\`: ${errorCatalogue[code].msg}`).join('; '),
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
      ...(isRetried ? { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } : {}),
    },
    content: {
      'application/json': {
        schema: refs.length === 1 ? refs[0] : { oneOf: refs, discriminator: { propertyName: 'code', mapping } },
        examples: Object.fromEntries(ofStatus.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
