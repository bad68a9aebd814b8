import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Config } from '@oclif/core';
import prettier from 'prettier';
import { arrows } from '../.dependency-cruiser.js';
import { layersPicture, servicesPicture } from './docs/architecturePictures.js';
import { commandsPage, commandsTable } from './docs/commandsPage.js';
import { errorsPage } from './docs/errorsPage.js';
import { openapiDocument } from './docs/openapiDocument.js';
import { settingsPage } from './docs/settingsPage.js';

/**
 * Writes the pages that follow from the code (`docs/commands.md`, `docs/errors.md`, `docs/settings.md`, `docs/openapi.json`, the
 * table of commands in README.md and the pictures in docs/architecture.md) from the built `dist/`. With `--check` it writes nothing and ends with 1 when one of them is stale.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const check = process.argv.includes('--check');

const config = await Config.load({ root });
const { errorCatalogue } = await import('../dist/domain/errorCatalogue.js');
const { serviceSettings } = await import('../dist/config/serviceSettings.js');
const { settings } = await import('../dist/config/settings.js');
const { exitCodes } = await import('../dist/cli/errors.js');

const pages = {
  'docs/commands.md': commandsPage(config),
  'docs/errors.md': errorsPage(errorCatalogue, exitCodes),
  'docs/settings.md': settingsPage(settings),
  'docs/openapi.json': JSON.stringify(openapiDocument(root)),
  'README.md': pageWith('README.md', { commands: commandsTable(config) }),
  'docs/architecture.md': pageWith('docs/architecture.md', {
    layers: layersPicture(arrows),
    services: servicesPicture(serviceSettings),
  }),
};

const stale = [];
for (const [file, text] of Object.entries(pages)) {
  if (text === undefined) continue;
  const target = path.join(root, file);
  const wanted = await prettier.format(text, { ...(await prettier.resolveConfig(target)), filepath: target });
  if (wanted === readIfThere(target)) continue;
  stale.push(file);
  if (check) continue;
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, wanted);
}

if (check && stale.length > 0) {
  process.stderr.write(
    `Not what the code says: ${stale.join(', ')}. Try: npm run build && node scripts/generateDocs.js\n`,
  );
  process.exitCode = 1;
} else {
  process.stderr.write(stale.length === 0 ? 'The generated pages are fresh.\n' : `Wrote ${stale.join(', ')}.\n`);
}

/** The page with each part between its two markers. */
function pageWith(file, parts) {
  let page = readFileSync(path.join(root, file), 'utf8');
  for (const [name, text] of Object.entries(parts)) {
    const markers = new RegExp(`(<!-- ${name}: generated -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!markers.test(page)) throw new Error(`${file} has no markers for what is generated: ${name}`);
    page = page.replace(markers, (_all, start, end) => `${start}\n${text}\n\n${end}`);
  }
  return page;
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
