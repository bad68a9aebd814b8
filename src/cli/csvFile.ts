import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CsvError, parse } from 'csv-parse/sync';
import { usageError, type CliError } from './errors.js';

/** Faults that are named one by one; who has more of them has another kind of file. */
const FAULTS_SHOWN_MAX = 20;

/** A file that was given with `--file`, read whole. */
export interface CsvSource {
  /** What it is called in messages. */
  file: string;
  content: string;
}

/** One record with the line it stands on, from 1. */
export interface CsvLine {
  line: number;
  cells: string[];
}

/** Reads what `--file` names: a file, or stdin when it is `-`. */
export async function readCsvSource(source: string, example: string): Promise<CsvSource> {
  if (source === '-') return { file: 'stdin', content: await text(process.stdin) };
  try {
    return { file: source, content: await readFile(source, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'EACCES') throw error;
    throw usageError(`--file: there is no file '${source}' that can be read.`, `--file ${example}`, '--file -');
  }
}

/**
 * Takes records apart at commas, semicolons or tabs, and leaves empty ones out.
 *
 * @param options.comment what follows this sign does not count
 * @param options.form what the file should look like, for who has another one
 */
export function readCsvLines({ file, content }: CsvSource, options: { comment?: string; form: string }): CsvLine[] {
  try {
    const records = parse(content, {
      bom: true,
      ...(options.comment === undefined ? {} : { comment: options.comment }),
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? `, line ${error.lines}` : '';
    throw usageError(`${file}${line}: is not CSV (${error.code}).`, options.form);
  }
}

/** @param faults each with its line: `line 3: …` */
export function csvFaults(file: string, faults: readonly string[], form: string): CliError {
  const shown = faults.slice(0, FAULTS_SHOWN_MAX);
  const rest = faults.length > shown.length ? [`and ${faults.length - shown.length} more`] : [];
  return usageError(`${file}:\n  ${[...shown, ...rest].join('\n  ')}\nNothing was sent.`, form);
}
