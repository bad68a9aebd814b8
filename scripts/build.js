import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { apiPage } from './docs/apiPage.js';
import { BUILD_STAMP, sourceHash } from './sourceHash.js';
import { writeManifest } from './writeManifest.js';

/**
 * Makes `dist/`: the compiled sources, the Lua scripts beside them, and the web pages. The stamp is written last, so that an
 * interrupted build is made again.
 */
const root = fileURLToPath(new URL('../', import.meta.url));

const hash = sourceHash(root);
rmSync(path.join(root, BUILD_STAMP), { force: true });
const compiled = compile('tsconfig.build.json') && compile('scripts/tsconfig.client.json');
removeOrphans('dist');
copyScripts('src');
const hasPages = await buildPages();
if (compiled) await writeManifest(root);
if (compiled && hasPages) writeFileSync(path.join(root, BUILD_STAMP), hash);
else process.exitCode = 1;

/** The sources; for the client, which other programs import, the declarations of its types too. */
function compile(project) {
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], {
    cwd: root,
    stdio: 'inherit',
  });
  return status === 0;
}

/** A command whose source is gone would otherwise still be offered. */
function removeOrphans(folder) {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const relative = path.join(folder, entry.name);
    if (relative === path.join('dist', 'web')) continue;
    if (entry.isDirectory()) removeOrphans(relative);
    else if (/\.(js|d\.ts)$/.test(entry.name) && !hasSource(relative)) {
      rmSync(path.join(root, relative));
      rmSync(path.join(root, `${relative}.map`), { force: true });
    }
  }
}

function hasSource(compiled) {
  const source = compiled.replace(/^dist/, 'src').replace(/\.(js|d\.ts)$/, '');
  return ['.ts', '.tsx'].some((ending) => existsSync(path.join(root, source + ending)));
}

function copyScripts(folder) {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const relative = path.join(folder, entry.name);
    if (entry.isDirectory()) copyScripts(relative);
    else if (entry.name.endsWith('.lua')) {
      const target = path.join(root, relative.replace(/^src/, 'dist'));
      mkdirSync(path.dirname(target), { recursive: true });
      cpSync(path.join(root, relative), target);
    }
  }
}

/** The bundler has printed what is wrong by the time it throws. */
async function buildPages() {
  const script = path.join(root, 'web', 'build.js');
  if (!existsSync(script)) return true;
  const { buildWeb, writeCompressed } = await import(pathToFileURL(script).href);
  try {
    await buildWeb({ outDir: path.join(root, 'dist', 'web') });
    writeApiPage(path.join(root, 'dist', 'web'), writeCompressed);
    return true;
  } catch (error) {
    process.stderr.write(`The pages were not built: ${error.message}\n`);
    return false;
  }
}

/** The API document, as `npm run docs` wrote it, and the page that is made from it. */
function writeApiPage(outDir, writeCompressed) {
  const document = JSON.parse(readFileSync(path.join(root, 'docs', 'openapi.json'), 'utf8'));
  const files = {
    'openapi.json': JSON.stringify(document),
    'api.html': apiPage(document),
    'api.css': readFileSync(path.join(root, 'scripts', 'docs', 'apiPage.css'), 'utf8'),
  };
  for (const [name, contents] of Object.entries(files)) writeCompressed(path.join(outDir, name), contents);
}
