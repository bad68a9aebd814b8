import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseAllDocuments } from 'yaml';
import { didYouMean } from '../../domain/didYouMean.js';
import { toInputIssues, type InputIssue } from '../../domain/inputIssues.js';
import { usageError, type CliError } from '../errors.js';
import { documentNames, eventDocumentSchema, type EventDocument } from './eventDocument.js';

/** A document and where it stands: `events[1]`, or nothing when it is the only one. */
export interface PlacedDocument {
  place: string;
  document: EventDocument;
}

const EXAMPLE = 'To see what one looks like: spikectl event show 3 --output yaml';

/**
 * Reads events from a file, or from stdin when it is `-`: YAML or JSON; one event, a list of them, `events:` with a list, or
 * several YAML documents.
 *
 * @throws a usage error that names every fault with its place
 */
export async function readEventDocuments(source: string): Promise<PlacedDocument[]> {
  return parseEventDocuments(source === '-' ? await text(process.stdin) : await readSource(source), nameOf(source));
}

/** What the source is called in messages. */
export function nameOf(source: string): string {
  return source === '-' ? 'stdin' : source;
}

const flagsOfOneEvent = [
  'key',
  'title',
  'commodity',
  'price',
  'price-cents',
  'stock',
  'limit',
  'rule',
  'no-rule',
  'starts',
  'ends',
  'payment-window',
];

/** @throws a usage error when a flag says what the file says too */
export function assertFileAlone(flags: Readonly<Record<string, unknown>>): void {
  const beside = flagsOfOneEvent.filter((name) => flags[name] !== undefined);
  if (beside.length === 0) return;
  throw usageError(`--from cannot go with ${beside.map((name) => `--${name}`).join(', ')}.`, 'Say it in the file.');
}

/** @param file its name, for the messages */
export function parseEventDocuments(content: string, file: string): PlacedDocument[] {
  const values = parseYaml(content, file).flatMap(toEvents);
  if (values.length === 0) throw usageError(`${file} describes no event.`, EXAMPLE);
  const issues: InputIssue[] = [];
  const documents = values.flatMap((value, index) => {
    const place = values.length === 1 ? '' : `events[${index}]`;
    const parsed = eventDocumentSchema.safeParse(value);
    if (parsed.success) return [{ place, document: parsed.data }];
    issues.push(...toInputIssues(parsed.error, place).map(withNearest));
    return [];
  });
  if (issues.length > 0) throw documentError(file, issues);
  return documents;
}

/** One line a fault. */
export function documentError(file: string, issues: readonly InputIssue[], ...suggestions: string[]): CliError {
  const lines = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const found = lines.length === 1 ? `${file}: ${lines[0]}` : `${file}:\n  ${lines.join('\n  ')}`;
  return usageError(`${found}.`, ...(suggestions.length > 0 ? suggestions : [EXAMPLE]));
}

/** The name of a field of a document, with its place. */
export function placeOf(place: string, field: string): string {
  return place === '' ? field : `${place}.${field}`;
}

function parseYaml(content: string, file: string): unknown[] {
  // An empty file gives no list of documents but one empty object.
  const documents = [...parseAllDocuments(content)];
  return documents.map((document) => {
    const [fault] = document.errors;
    if (fault === undefined) return document.toJS() as unknown;
    const [what = ''] = fault.message.split('\n', 1);
    throw usageError(`${file} is neither YAML nor JSON: ${what.replace(/:$/, '')}.`, EXAMPLE);
  });
}

function toEvents(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value;
  const isList = typeof value === 'object' && 'events' in value && Array.isArray(value.events);
  return isList && Object.keys(value).length === 1 ? (value.events as unknown[]) : [value];
}

function withNearest({ path, message }: InputIssue): InputIssue {
  if (message !== 'is not known here') return { path, message };
  const name = path.split('.').at(-1) ?? path;
  return { path, message: `${message}${didYouMean(name, documentNames)}` };
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'EACCES') throw error;
    throw usageError(`--from: there is no file '${file}' that can be read.`, 'Pass - to read stdin.');
  }
}
