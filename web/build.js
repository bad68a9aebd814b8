import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What the script of a page may weigh, gzipped: a phone on a bad line has it within the second before the sale. */
const SCRIPT_BYTES_MAX = 100_000;
/** The browsers of the last three years. */
const BROWSERS = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];
const STATIC_FILES = ['index.html', 'icon.svg', 'staff/index.html'];

const folder = fileURLToPath(new URL('./', import.meta.url));

/** Bundles the pages into static files: the shop, which the user service serves at `/`, and the page of the staff at `/staff`. */
export async function buildWeb({ outDir }) {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: { app: 'src/main.ts', style: 'style.css', 'staff/app': 'staff/main.tsx', 'staff/style': 'staff.css' },
    outdir: outDir,
    bundle: true,
    minify: true,
    format: 'esm',
    target: BROWSERS,
    tsconfig: path.join(folder, 'tsconfig.json'),
    logLevel: 'warning',
    write: false,
  });
  mkdirSync(path.join(outDir, 'staff'), { recursive: true });
  for (const { path: file, contents } of outputFiles) {
    if (file.endsWith('.js')) requireLight(path.relative(outDir, file), contents);
    writeCompressed(file, contents);
  }
  for (const file of STATIC_FILES) writeCompressed(path.join(outDir, file), readFileSync(path.join(folder, file)));
}

/** Compressed once, here, instead of for every shopper; the small ones as well, so that one rule holds for all. */
export function writeCompressed(file, contents) {
  writeFileSync(file, contents);
  writeFileSync(`${file}.gz`, gzipSync(contents, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(contents));
}

function requireLight(file, contents) {
  const bytes = gzipSync(contents).length;
  if (bytes <= SCRIPT_BYTES_MAX) return;
  throw new Error(`${file} has ${bytes} bytes gzipped; a page may have ${SCRIPT_BYTES_MAX}.`);
}
