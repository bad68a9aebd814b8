/**
 * The form of a JSON document: each value by its type, each field by its name. Of several values in one place (the rows of a
 * list, several runs of a command) the types are joined: `null|string`; a field that some objects lack has a `?`.
 */
export type Shape = string | Fields | [] | [Shape];

interface Fields {
  [field: string]: Shape;
}

export function shapeOf(value: unknown): Shape {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? [] : [value.map(shapeOf).reduce(joinShapes)];
  if (typeof value !== 'object') return typeof value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, shapeOf(field)]));
}

export function joinShapes(a: Shape, b: Shape): Shape {
  if (typeof a === 'string' && typeof b === 'string') return joinTypes(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    const [inA] = a;
    const [inB] = b;
    if (inA === undefined || inB === undefined) return inA === undefined ? b : a;
    return [joinShapes(inA, inB)];
  }
  if (isFields(a) && isFields(b)) return joinFields(a, b);
  // An object in one place and nothing, or something else, in the other: both are told.
  const [types, others] = typeof a === 'string' ? [a, b] : [b, a];
  return { '(or)': types, '(form)': others };
}

function joinFields(a: Fields, b: Fields): Shape {
  if ('(or)' in a || '(or)' in b) return joinAlternatives(a, b);
  const names = new Set([...Object.keys(a), ...Object.keys(b)].map((name) => name.replace(/\?$/, '')));
  return Object.fromEntries(
    [...names].sort().map((name) => {
      const [inA, inB] = [a[name] ?? a[`${name}?`], b[name] ?? b[`${name}?`]];
      const isOptional = !(name in a) || !(name in b);
      const shape = inA === undefined ? inB! : inB === undefined ? inA : joinShapes(inA, inB);
      return [isOptional ? `${name}?` : name, shape];
    }),
  );
}

function joinAlternatives(a: Fields, b: Fields): Shape {
  const [alternatives, other] = '(or)' in a ? [a, b] : [b, a];
  const types = '(or)' in other ? joinShapes(alternatives['(or)']!, other['(or)']) : alternatives['(or)']!;
  const form = '(form)' in other ? other['(form)'] : other;
  return { '(or)': types, '(form)': joinShapes(alternatives['(form)']!, form) };
}

function joinTypes(a: string, b: string): string {
  return [...new Set([...a.split('|'), ...b.split('|')])].sort().join('|');
}

function isFields(shape: Shape): shape is Fields {
  return typeof shape === 'object' && !Array.isArray(shape);
}
