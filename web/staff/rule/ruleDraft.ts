import type { RuleLink } from '../../../src/domain/wire.js';
import { fromTimeInput, readWhole, toTimeInput } from '../text/inputs.js';
import type { SettingField } from './settingFields.js';

/** One link of a rule while it is being written: what stands in its fields, or its settings as JSON. */
export interface LinkDraft {
  /** Tells links apart that have the same name. */
  key: number;
  name: string;
  /** By the path of the field, `age.min`. */
  values: Readonly<Record<string, string>>;
  /** Instead of fields, for settings that no field shows. */
  json: string | undefined;
}

/** The fields of each filter; undefined for one that has none to show. */
export type FieldsByFilter = ReadonlyMap<string, readonly SettingField[] | undefined>;

export function newLink(drafts: readonly LinkDraft[], name: string, fields: FieldsByFilter): LinkDraft {
  const key = drafts.reduce((highest, draft) => Math.max(highest, draft.key), 0) + 1;
  return { key, name, values: {}, json: fields.get(name) === undefined ? '{}' : undefined };
}

export function toDrafts(rule: readonly RuleLink[], fields: FieldsByFilter): LinkDraft[] {
  return rule.map(({ name, rule: settings }, index) => {
    const known = fields.get(name);
    const values = known === undefined ? undefined : readValues(settings, known);
    const json = values === undefined ? JSON.stringify(settings, null, 2) : undefined;
    return { key: index + 1, name, values: values ?? {}, json };
  });
}

/** What is sent. What no field can read is sent as it was typed: the service says what is wrong with it, and where. */
export function toRule(drafts: readonly LinkDraft[], fields: FieldsByFilter): RuleLink[] {
  return drafts.map(({ name, values, json }) => {
    if (json !== undefined) return { name, rule: parseJson(json) };
    const settings: Record<string, unknown> = {};
    for (const field of fields.get(name) ?? []) {
      const text = (values[field.path.join('.')] ?? '').trim();
      if (text !== '') place(settings, field.path, writeValue(text, field));
    }
    return { name, rule: settings };
  });
}

export function move<T>(list: readonly T[], from: number, to: number): T[] {
  const moved = [...list];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return moved;
}

/** Undefined when the settings have more than the fields show: nothing may get lost on the way through a form. */
function readValues(settings: unknown, fields: readonly SettingField[]): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const { path, kind } of fields) {
    const value = path.reduce<unknown>(
      (inner, name) => (inner as Record<string, unknown> | undefined)?.[name],
      settings,
    );
    if (value === undefined) continue;
    const text = readValue(value, kind);
    if (text === undefined) return undefined;
    values[path.join('.')] = text;
  }
  return countLeaves(settings) === Object.keys(values).length ? values : undefined;
}

function readValue(value: unknown, kind: SettingField['kind']): string | undefined {
  if (kind === 'words') return Array.isArray(value) && value.every(isOneWord) ? value.join(', ') : undefined;
  if (kind === 'time')
    return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? toTimeInput(value) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function writeValue(text: string, { kind }: SettingField): unknown {
  switch (kind) {
    case 'whole':
      return readWhole(text) ?? text;
    case 'words':
      return text
        .split(/[,，、\n]/)
        .map((word) => word.trim())
        .filter((word) => word !== '');
    case 'time':
      return fromTimeInput(text) ?? text;
    default:
      return text;
  }
}

function isOneWord(value: unknown): boolean {
  return typeof value === 'string' && !/[,，、\n]/.test(value);
}

function countLeaves(value: unknown): number {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + countLeaves(inner), 0);
}

function place(settings: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) settings[name] = value;
  else place((settings[name] ??= {}) as Record<string, unknown>, rest, value);
}

/** The service reads text as JSON too, and names the fault. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
