import { collectRenderValues } from '../../delivery/render/collectRenderValues.js';
import { renderAssets } from '../../delivery/render/renderAssets.js';
import type { RenderFlags } from '../../delivery/render/renderFlags.js';
import type { AssetKind, RenderValues } from '../../delivery/render/renderValues.js';
import type { WantedFile } from '../../delivery/render/replaceFiles.js';
import { writeAssets, type Difference, type WrittenFile } from '../../delivery/render/writeAssets.js';
import { usageError } from '../errors.js';
import { readSettingsFile } from '../loadSettings.js';
import type { Output } from '../output.js';
import type { Paint } from '../style.js';
import { printTable, type Column, type TableFlags } from '../table.js';

export interface RenderResult {
  kind: AssetKind;
  out: string;
  dryRun: boolean;
  files: WrittenFile[];
}

/** Lines of one file's difference that are shown; `--verbose` shows all. */
const DIFFERENCE_LINES_MAX = 60;

const columns: Column<WrittenFile>[] = [
  { name: 'state', value: (file) => file.state },
  { name: 'path', value: (file) => file.path },
  { name: 'bytes', value: (file) => file.bytes },
];

/**
 * What the five commands share: collect the values, fill in the templates, write the files, say which.
 *
 * @param options.beside files that come of no template and are written with the others
 */
export async function renderKind(options: {
  kind: AssetKind;
  flags: RenderFlags & TableFlags & { out: string; force: boolean; 'dry-run': boolean };
  beside?: (folder: string, values: RenderValues) => Promise<WantedFile[]>;
  /** What to type when the files are there; `DIR` stands for the folder. */
  next: readonly string[];
  out: Output;
  signal: AbortSignal;
  onInterrupt(handler: () => Promise<void>): void;
}): Promise<RenderResult> {
  const { kind, flags, out } = options;
  const folder = flags.out;
  if (folder.trim() === '') throw usageError('--out names no folder.', `spikectl render ${kind} --out ./${kind}`);
  const { values: file } = await readSettingsFile();
  const values = await collectRenderValues(kind, flags, { environment: process.env, file });
  const writing = writeAssets({
    kind,
    folder,
    files: [...(await renderAssets(kind, values)), ...((await options.beside?.(folder, values)) ?? [])],
    force: flags.force,
    dryRun: flags['dry-run'],
    signal: options.signal,
    onDifference: (difference) => showDifference(difference, out),
  });
  // Ctrl-C waits until what was begun is taken back.
  options.onInterrupt(async () => void (await writing.catch(() => undefined)));
  const written = await writing;
  const files = await printTable(written, { columns, flags, out, nothing: 'No files.' });
  sayEnd(written, { folder, isDryRun: flags['dry-run'], force: flags.force, next: options.next, out });
  return { kind, out: folder, dryRun: flags['dry-run'], files };
}

interface End {
  folder: string;
  isDryRun: boolean;
  force: boolean;
  next: readonly string[];
  out: Output;
}

function sayEnd(files: readonly WrittenFile[], { folder, isDryRun, force, next, out }: End): void {
  const count = (state: WrittenFile['state']): number => files.filter((file) => file.state === state).length;
  const written = count('created') + count('changed');
  if (isDryRun) {
    const refused = count('changed') > 0 && !force ? ' It would be refused without --force, since files differ.' : '';
    out.success(`Would write ${filesText(written)} to ${folder}; nothing was written.${refused}`);
    return;
  }
  const rest = count('unchanged') > 0 ? `; ${count('unchanged')} unchanged` : '';
  out.success(
    written === 0
      ? `${folder} is up to date: nothing was written.`
      : `Wrote ${filesText(written)} to ${folder}${rest}.`,
  );
  for (const line of next) out.info(line.replaceAll('DIR', folder));
}

function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

function showDifference({ path, text }: Difference, out: Output): void {
  const lines = text.trimEnd().split('\n');
  const shown = out.mode.verbose ? lines : lines.slice(0, DIFFERENCE_LINES_MAX);
  for (const line of shown) out.info(paintLine(line, out.paintError));
  const rest = lines.length - shown.length;
  if (rest > 0) out.info(`… ${rest} more lines of ${path}; --verbose shows all`);
}

function paintLine(line: string, paint: Paint): string {
  if (/^(?:---|\+\+\+) /.test(line)) return paint('bold', line);
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}
