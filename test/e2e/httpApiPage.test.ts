import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';

const PAGE = new URL('../../docs/http-api.md', import.meta.url);
const MARK = '@@ block';
/** Words of the API: here the page must be right to the letter, elsewhere by shape. */
const EXACT = new Set([
  'status',
  'code',
  'msg',
  'next',
  'state',
  'reason',
  'filter',
  'action',
  'role',
  'eligible',
  'stores',
]);

let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  system = await startSystem({ stores, under: 'children' });
});

afterAll(async () => {
  await system.stop();
  await closeStores();
});

interface Block {
  language: string;
  text: string;
  line: number;
}

function readBlocks(page: string): Block[] {
  return [...page.matchAll(/^```(sh|json)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    text: match[2]!,
    line: page.slice(0, match.index).split('\n').length,
  }));
}

test('every command of the HTTP API page gives the answer that stands below it', async () => {
  const blocks = readBlocks(readFileSync(PAGE, 'utf8'));
  const commands = blocks.filter(({ language }) => language === 'sh');
  expect(commands.length).toBeGreaterThan(20);
  const script = commands
    .map(({ text, line }) => `echo '${MARK} ${line}'\n${text.replace(/^URL=.*$/m, '')}`)
    .join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    env: {
      PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`,
      URL: system.urls.ingress,
      ACCESS_URL: system.urls.access,
      SERVICE_TOKEN: system.local.secrets.serviceToken,
      STAFF: system.admin.username,
      STAFF_PASSWORD: system.admin.password,
    },
  });
  const answers = new Map(
    stdout
      .split(`${MARK} `)
      .slice(1)
      .map((part) => [Number(part.slice(0, part.indexOf('\n'))), part.slice(part.indexOf('\n') + 1).trim()]),
  );
  for (const [index, block] of blocks.entries()) {
    const after = blocks[index + 1];
    if (block.language !== 'sh' || after?.language !== 'json') continue;
    const answer: unknown = JSON.parse(answers.get(block.line)!);
    expect({ line: block.line, differences: differences(JSON.parse(after.text), answer) }).toEqual({
      line: block.line,
      differences: [],
    });
  }
});

/** Where the answer is not of the documented shape: other fields, another type, another word. */
function differences(documented: unknown, answered: unknown, place = ''): string[] {
  if (typeof documented !== typeof answered || (documented === null) !== (answered === null))
    return [`${place}: documented ${JSON.stringify(documented)}, answered ${JSON.stringify(answered)}`];
  if (typeof documented !== 'object' || documented === null || answered === null) {
    const isWord =
      EXACT.has(
        place
          .split('.')
          .at(-1)!
          .replace(/\[\d+\]$/, ''),
      ) && !/^\d+$/.test(String(documented));
    return isWord && documented !== answered
      ? [`${place}: documented ${String(documented)}, answered ${String(answered)}`]
      : [];
  }
  const [left, right] = [documented, answered as object].map((value) => Object.keys(value).sort());
  if (JSON.stringify(left) !== JSON.stringify(right))
    return [`${place}: documented ${left!.join()}, answered ${right!.join()}`];
  return Object.entries(documented).flatMap(([name, value]) =>
    differences(
      value,
      (answered as Record<string, unknown>)[name],
      Array.isArray(documented) ? `${place}[${name}]` : `${place}.${name}`,
    ),
  );
}
