import { isMap, isScalar, parseDocument, type Document, type Node, type Pair, type YAMLMap } from 'yaml';

/** A value of a chart: `services.user.replicas`, what the comment above it says, and its default as YAML in one line. */
export interface ValueRow {
  path: string;
  describe: string;
  /** Null for what only holds other values that have rows of their own. */
  usual: string | null;
}

/**
 * The values of a chart as a Markdown table, made of `values.yaml` itself, so that neither can say what the other does not.
 */
export function valuesTable(valuesYaml: string): string {
  const lines = valueRows(valuesYaml).map(({ path, describe, usual }) => {
    const cells = [`\`${path}\``, describe, usual === null ? '' : `\`${usual}\``];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| value | what it does | default |', '| --- | --- | --- |', ...lines].join('\n');
}

export function valueRows(valuesYaml: string): ValueRow[] {
  const document = parseDocument(valuesYaml);
  if (!isMap(document.contents)) throw new Error('the values are no map');
  return rowsOf(document.contents, '', document);
}

function rowsOf(map: YAMLMap, prefix: string, document: Document): ValueRow[] {
  return map.items.flatMap((pair, index) => {
    // The comment above the first entry belongs, to the parser, to the map.
    const comment = keyOf(pair).commentBefore ?? (index === 0 && prefix !== '' ? map.commentBefore : undefined);
    const path = prefix + String(keyOf(pair).value);
    const value = pair.value as Node | null;
    const describe = textOf(comment);
    if (!isMap(value) || !hasComments(value)) return [{ path, describe, usual: oneLine(value, document) }];
    return [{ path, describe, usual: null }, ...rowsOf(value, `${path}.`, document)];
  });
}

function keyOf({ key }: Pair): { value: unknown; commentBefore?: string | null | undefined } {
  if (!isScalar(key)) throw new Error('a key of the values is no text');
  return key;
}

function hasComments(map: YAMLMap): boolean {
  const isNoted = typeof map.commentBefore === 'string' || map.items.some((pair) => Boolean(keyOf(pair).commentBefore));
  return isNoted || map.items.some(({ value }) => isMap(value) && hasComments(value));
}

/** Of several comments with empty lines between them only the last belongs to what follows. */
function textOf(comment: string | null | undefined): string {
  const last = (comment ?? '').split(/\n\s*\n/).at(-1) ?? '';
  return last.replace(/\s+/g, ' ').trim();
}

function oneLine(value: Node | null, document: Document): string {
  return JSON.stringify(value === null ? null : value.toJS(document));
}
