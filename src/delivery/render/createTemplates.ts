import path from 'node:path';
import { Eta } from 'eta';
import type { RenderValues } from './renderValues.js';
import { strictly } from './strictly.js';
import { valuesTable } from './valuesTable.js';

/** A fault of a template, with the place; nothing that an operator could mend. */
class TemplateError extends Error {
  constructor(place: string, cause: Error) {
    super(`${place}: ${cause.message}`, { cause });
    this.name = 'TemplateError';
  }
}

/**
 * Templates below the folder. `<% code %>` and `<%= value %>` do not meet the `{{ }}` of Helm, Prometheus and Grafana.
 *
 * - `it` holds the values; one that there is not is an error with file and line, never `undefined` in the output.
 * - A line that holds nothing but code (`<% for (…) { %>`) leaves no line behind; a value does not eat its line's end.
 * - `<%= include('/compose/service.partial.eta', { service }) %>` sets in another file of the folder, which reads what it is given
 *   from `given`.
 * - `quote(value)` is a string as YAML and JSON write it, `indent(text, columns)` moves every line of the text to the right.
 * - `valuesTable(yaml)` is a chart's values as a Markdown table.
 */
export function createTemplates(folder: string, values: RenderValues): { fill(file: string): string } {
  const eta = new Eta({
    views: folder,
    varName: 'scope',
    functionHeader:
      'const { it, quote, indent, valuesTable, ...rest } = scope; const given = scope.strictly(rest, "given");',
    autoEscape: false,
    autoFilter: true,
    filterFunction: defined,
    autoTrim: false,
    cache: true,
    debug: true,
    plugins: [{ processTemplate: dropCodeLines }],
  });
  eta.RuntimeErr = (error, _text, line, file) => {
    throw error instanceof TemplateError ? error : new TemplateError(`${path.relative(folder, file)}:${line}`, error);
  };
  const scope = { it: strictly(structuredClone(values), 'it'), quote, indent, valuesTable, strictly };
  return {
    fill(file) {
      try {
        return eta.render(file, scope);
      } catch (error) {
        throw error instanceof TemplateError ? error : new TemplateError(file, error as Error);
      }
    },
  };
}

function defined(value: unknown): string {
  if (value === undefined || value === null || Number.isNaN(value)) throw new Error(`the value is ${String(value)}`);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error('the value is no text: name one of its fields');
}

/** The line's end stays in the text, so that the lines of an error message count as in the file; `-%>` swallows it. */
function dropCodeLines(text: string): string {
  return text.replace(/^[ \t]*(<%(?![=~])(?:(?!%>)[^])*?)-?%>[ \t]*$/gm, '$1-%>');
}

function quote(value: unknown): string {
  return JSON.stringify(defined(value));
}

/** An empty line stays empty. */
function indent(text: string, columns: number): string {
  return defined(text).replace(/^(?=.)/gm, ' '.repeat(columns));
}
