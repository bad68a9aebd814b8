import path from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

/** Where the shapes of answers and refusals stand. */
const FILES = 'src/{client/answers,domain/refusalDetails,domain/wire,domain/wire/*,http/accessClient}.ts';

/** What the wire types call a moment: text, which is a time. */
const TIME_NAME = /(At|Before)$|^(at|expire|serverTime)$/;
/** And what is counted in whole ones. */
const INTEGER_NAME = /(Cents|Seconds|Version)$|^(quantity|purchaseLimit|rest)$/;

const REF = '#/components/schemas/';

/**
 * The TypeScript types that travel, as JSON Schema by their names. A field that a type does not have is forbidden, so that an
 * answer with more in it than its type is found out; a comment becomes the description.
 */
export function wireTypes(root) {
  const generator = createGenerator({
    path: path.join(root, FILES),
    tsconfig: path.join(root, 'tsconfig.json'),
    expose: 'all',
    topRef: true,
    jsDoc: 'basic',
    additionalProperties: false,
    encodeRefs: false,
    functions: 'hide',
    sortProps: false,
    skipTypeCheck: true,
  });
  const { definitions } = generator.createSchema('*');
  const types = JSON.parse(JSON.stringify(definitions).replaceAll('#/definitions/', REF));
  for (const type of Object.values(types)) refine(type);
  return Object.fromEntries(
    Object.entries(types)
      .filter(([name]) => isName(name))
      .map(([name, type]) => [name, writeOut(type, types)]),
  );
}

/** What the compiler knows as text and number, and readers want to know better. */
function refine(value) {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, property] of Object.entries(value.properties ?? {})) {
    const kinds = [property.type].flat();
    if (TIME_NAME.test(name) && kinds.includes('string')) property.format = 'date-time';
    if (INTEGER_NAME.test(name) && property.type === 'number') property.type = 'integer';
  }
  for (const inner of Object.values(value)) refine(inner);
}

/** In place of a type without a name of its own, as `Partial<EventLimits>`, stands the type itself. */
function writeOut(value, types) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => writeOut(one, types));
  const { $ref, ...own } = value;
  const name = typeof $ref === 'string' ? $ref.slice(REF.length) : undefined;
  if (name !== undefined && !isName(name)) return { ...writeOut(types[name], types), ...own };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, writeOut(inner, types)]));
}

function isName(name) {
  return /^[A-Za-z0-9]+$/.test(name);
}
