/** A piece of the document. */
export type Json = Record<string, unknown>;

/** Schemas by their names, as the document keeps them. */
export type Schemas = Record<string, Json>;

export const SCHEMAS = '#/components/schemas/';

export function ref(name: string): Json {
  return { $ref: `${SCHEMAS}${name}` };
}

/** Every object in a piece of the document, itself first, the containing before the contained. */
export function* walk(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const inner of Object.values(value)) yield* walk(inner);
}
