import { z } from 'zod';
import { ref, SCHEMAS, walk, type Json, type Schemas } from './json.js';

/**
 * What a route takes as JSON Schema, from the zod schema that validates it. What cannot be said in JSON Schema (`endsAt` after
 * `startsAt`) is left out: the service refuses more than the document does, never less.
 *
 * @param schemas gets those that have a name of their own
 */
function toInputSchema(schema: z.ZodType, schemas: Schemas): Json {
  const {
    $schema: _dialect,
    $defs = {},
    ...json
  } = z.toJSONSchema(schema, { io: 'input' }) as Json & { $defs?: Schemas };
  for (const one of walk({ $defs, json })) tidy(one);
  for (const [name, definition] of Object.entries($defs)) {
    const { id: _name, ...plain } = definition;
    schemas[name] = plain;
  }
  return json;
}

/** The fields of a query string, each as a parameter. */
export function toQueryParameters(schema: z.ZodType, schemas: Schemas): Json[] {
  const { properties = {}, required = [] } = toInputSchema(schema, schemas) as {
    properties?: Schemas;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...plain } = property;
    const parameter = { name, in: 'query', required: required.includes(name), schema: plain };
    return description === undefined ? parameter : { ...parameter, description };
  });
}

/** Takes out what zod adds and nobody reads, and says what a query string calls a yes or no. */
function tidy(json: Json): void {
  if (typeof json.$ref === 'string') json.$ref = json.$ref.replace('#/$defs/', SCHEMAS);
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.format === 'date-time' || json.format === 'date') delete json.pattern;
  if (json.type === 'string' && typeof json.default === 'boolean') json.default = String(json.default);
}

/** The schema of a body, by its name: one without would be written out at every route that takes it. */
export function toBodySchema(schema: z.ZodType, schemas: Schemas): Json {
  const name = schema.meta()?.id;
  if (name === undefined) throw new Error('A body has a schema without .meta({ id }).');
  toInputSchema(schema, schemas);
  return ref(name);
}
