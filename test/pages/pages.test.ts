import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { unknownCommands } from '../helpers/commandLines.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The page of the commands is generated from them. */
const GENERATED = 'docs/commands.md';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join('docs', name.split(path.sep).join('/'))),
].sort();

const read = (page: string) => readFileSync(path.join(ROOT, page), 'utf8');

describe.each(pages)('%s', (page) => {
  test('lets nobody type a command, a flag or a choice that there is not', async () => {
    expect(page === GENERATED ? [] : await unknownCommands(read(page))).toEqual([]);
  });

  test('has no link that leads nowhere', () => {
    const links = [...withoutBlocks(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const dead = links.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(page, target));
    expect(dead).toEqual([]);
  });
});

function leadsSomewhere(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const page = file === '' ? from : path.join(path.dirname(from), file);
  if (!existsSync(path.join(ROOT, page))) return false;
  return anchor === undefined || !page.endsWith('.md') || anchorsOf(read(page)).has(anchor);
}

/** As GitHub makes them of headings: a second one of the same name has -1 behind it. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutBlocks(text).matchAll(/^#+ (.*)$/gm)) {
    const plain = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    let anchor = plain;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${plain}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

function withoutBlocks(text: string): string {
  return text.replace(/^ *```[^]*?^ *```/gm, '');
}
