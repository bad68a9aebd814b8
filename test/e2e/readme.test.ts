import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { settings } from '../../src/config/settings.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { differences, readBlocks, typeBlocks, type Block } from '../helpers/pageExamples.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';
import { requireSuccess } from '../helpers/systemRunners.js';

const SPIKECTL = fileURLToPath(new URL('../../bin/spikectl.js', import.meta.url));

jest.setTimeout(400_000);

let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;

/** With the one sale that `npm start` makes. */
beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  // The page shows the 200 of a broker that confirms in time; on a busy machine that may take longer than the usual second.
  const environment = { [settings.publishConfirmTimeoutMs.env]: '30000' };
  system = await startSystem({ stores, under: 'children', environment });
  requireSuccess(
    await system.cli(['commodity', 'create', 'Demo headphones', '--description', 'Nothing is delivered.']),
  );
  const demo = ['--title', 'Demo sale', '--commodity', 'Demo headphones', '--price', '49.99', '--stock', '100'];
  requireSuccess(await system.cli(['event', 'create', ...demo]));
});

afterAll(async () => {
  await system.stop();
  await closeStores();
});

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Lines as the page's `ask` prints them: the body and the status in brackets. */
function readAnswers(text: string): Answer[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [, body = '', status] = /^(.*) {2}\((\d{3})\)$/.exec(line) ?? [];
      return { status: Number(status), body: JSON.parse(body) as Answer['body'] };
    });
}

/** What MySQL adds to an order when it has it: whether it has already is a matter of milliseconds. */
function withoutStoring({ status, body }: Answer): Answer {
  const order = body.order as Record<string, unknown> | undefined;
  if (order === undefined || !['pending', 'ordered'].includes(String(order.state))) return { status, body };
  return { status, body: { ...body, order: { id: order.id, userId: order.userId, quantity: order.quantity } } };
}

function documentedAnswers(blocks: readonly Block[], printed: ReadonlyMap<number, string>) {
  return blocks.flatMap((block, index) => {
    const after = blocks[index + 1];
    if (block.language !== 'sh' || after?.language !== 'text') return [];
    const answers = readAnswers(printed.get(block.line)!);
    return [{ line: block.line, documented: readAnswers(after.text), answers }];
  });
}

describe('the README', () => {
  test('leads a shopper by curl from registration to a paid order, and strangers nowhere', async () => {
    const blocks = readBlocks('README.md', 'The first sale, with curl');
    const printed = await typeBlocks(blocks, { environment: { URL: system.urls.ingress } });
    const steps = documentedAnswers(blocks, printed);
    for (const { line, documented, answers } of steps) {
      expect({ line, statuses: answers.map(({ status }) => status) }).toEqual({
        line,
        statuses: documented.map(({ status }) => status),
      });
      const found = differences(documented.map(withoutStoring), answers.map(withoutStoring));
      expect({ line, differences: found }).toEqual({ line, differences: [] });
    }
    const [, , , bought, again, found, paid, strangers] = steps.map(({ answers }) => answers);
    const { orderId } = bought![0]!.body;
    expect(again![0]).toMatchObject({ status: 409, body: { code: 'ALREADY_ORDERED', orderId } });
    expect(found![0]).toMatchObject({ status: 200, body: { order: { id: orderId } } });
    expect(paid![0]).toMatchObject({ status: 200, body: { order: { id: orderId, state: 'paid' } } });
    expect(strangers!.map(({ status }) => status)).toEqual([403, 404, 404, 404]);
  });

  test.each(["An operator's day", 'In the middle of a sale'])('leads an operator through "%s"', async (heading) => {
    const blocks = readBlocks('README.md', heading);
    const printed = await typeBlocks(blocks, {
      environment: { ...system.operatorEnvironment, SPIKECTL },
      first: 'npx() { shift; node "$SPIKECTL" "$@"; }',
    });
    const squeezed = [...printed.values()].join('\n').replace(/ +/g, ' ');
    const documented = blocks.filter(({ language }) => language === 'text').flatMap(({ text }) => text.split('\n'));
    // Headings and verdicts to the letter; ids and times differ from day to day.
    const lasting = documented.filter((line) => /^([A-Z ]+|✓ .*)$/.test(line) && line !== '');
    expect(lasting.length).toBeGreaterThan(0);
    for (const line of lasting) expect(squeezed).toContain(line.replace(/ +/g, ' '));
  });
});
