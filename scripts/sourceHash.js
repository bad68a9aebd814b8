import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What `dist/` is made from. */
const SOURCES = [
  'src',
  'web',
  'scripts',
  'docs/openapi.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** Where a finished build notes what it was made from. */
export const BUILD_STAMP = 'dist/.source-hash';

/** Changes with the content of any source: a fresh clone, a pull and an edit are told apart from nothing new. */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const source of SOURCES) addToHash(hash, root, source);
  return hash.digest('hex');
}

export function isBuildFresh(root) {
  const stamp = path.join(root, BUILD_STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(root);
}

function addToHash(hash, root, relative) {
  const absolute = path.join(root, relative);
  if (!existsSync(absolute)) return;
  if (statSync(absolute).isDirectory()) {
    for (const name of readdirSync(absolute).sort()) addToHash(hash, root, path.join(relative, name));
    return;
  }
  hash.update(`${relative}\0`).update(readFileSync(absolute)).update('\0');
}
