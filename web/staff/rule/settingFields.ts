/** One thing that a filter can be told, as its schema has it. */
export interface SettingField {
  /** Where it stands in the settings: `['age', 'min']`. */
  path: readonly string[];
  kind: 'whole' | 'text' | 'longText' | 'time' | 'words';
  isRequired: boolean;
  lengthMax: number | undefined;
}

interface JsonSchema {
  type?: string;
  format?: string;
  maxLength?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
}

/** Texts that may be longer than this get room for it. */
const LINE_LENGTH = 250;

/**
 * What a filter asks for, by the schema that the service sends: so a filter that is added there has a form here at once. Undefined
 * when there is something in it that has no field; then the settings are written as JSON.
 */
export function fieldsOf(schema: JsonSchema, path: readonly string[] = []): SettingField[] | undefined {
  if (schema.type !== 'object') return undefined;
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const isRequired = path.length === 0 && schema.required?.includes(name) === true;
    return fieldsOfProperty(property, [...path, name], isRequired);
  });
  return fields.includes(undefined) ? undefined : fields.flatMap((found) => found ?? []);
}

function fieldsOfProperty(
  schema: JsonSchema,
  path: readonly string[],
  isRequired: boolean,
): SettingField[] | undefined {
  const field = { path, isRequired, lengthMax: schema.maxLength };
  switch (schema.type) {
    case 'object':
      return fieldsOf(schema, path);
    case 'integer':
      return [{ ...field, kind: 'whole' }];
    case 'array':
      return schema.items?.type === 'string' ? [{ ...field, kind: 'words' }] : undefined;
    case 'string':
      if (schema.format === 'date-time') return [{ ...field, kind: 'time' }];
      return [{ ...field, kind: (schema.maxLength ?? 0) > LINE_LENGTH ? 'longText' : 'text' }];
    default:
      return undefined;
  }
}
