import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AssetKind, RenderValues } from './renderValues.js';
import { createTemplates } from './createTemplates.js';

export interface RenderedFile {
  /** Below the folder that it is written to, with `/` on every platform. */
  path: string;
  content: string;
}

const templatesFolder = fileURLToPath(new URL('../../../templates/', import.meta.url));

const TEMPLATE_ENDING = '.eta';
/** Pieces that other templates include; no file of their own comes of them. */
const PARTIAL_ENDING = '.partial.eta';

/**
 * Fills in `templates/<kind>/`: a file that ends in `.eta` is filled in and loses the ending, any other is taken as it is.
 * The same values make the same bytes, on every machine and on every day.
 *
 * @throws TemplateError naming file and line, when a template uses a value that there is not
 */
export async function renderAssets(
  kind: AssetKind,
  values: RenderValues,
  folder: string = templatesFolder,
): Promise<RenderedFile[]> {
  const templates = createTemplates(folder, values);
  const sources = (await listFiles(path.join(folder, kind))).filter((file) => !file.endsWith(PARTIAL_ENDING));
  const rendered = sources.map(async (source) => {
    const file = `${kind}/${source}`;
    return source.endsWith(TEMPLATE_ENDING)
      ? { path: source.slice(0, -TEMPLATE_ENDING.length), content: templates.fill(file) }
      : { path: source, content: await readFile(path.join(folder, file), 'utf8') };
  });
  return (await Promise.all(rendered)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}
