import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { collectRenderValues } from './collectRenderValues.js';
import { renderAssets } from './renderAssets.js';
import { assetKinds, type RenderValues } from './renderValues.js';

let folder: string;
let values: RenderValues;

beforeAll(async () => {
  values = await collectRenderValues('compose', { registry: 'registry.example/shop', tag: '1.2.3' }, {});
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-templates-'));
  await mkdir(path.join(folder, 'compose', 'below'), { recursive: true });
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const template = (name: string, text: string) => writeFile(path.join(folder, 'compose', name), text);
const render = () => renderAssets('compose', values, folder);
const renderOne = async (text: string) => {
  await template('one.eta', text);
  return (await render())[0]?.content;
};

describe('templates', () => {
  test('a file that ends in .eta is filled in and loses the ending; any other is taken as it is; partials are no files', async () => {
    await template('b.yaml.eta', 'tag: <%= it.tag %>\n');
    await template('below/a.txt', 'tag: <%= it.tag %>\n');
    await template('piece.partial.eta', 'never');
    expect(await render()).toEqual([
      { path: 'b.yaml', content: 'tag: 1.2.3\n' },
      { path: 'below/a.txt', content: 'tag: <%= it.tag %>\n' },
    ]);
  });

  test('code leaves no line behind, and a value does not eat the end of its line', async () => {
    const text = [
      'services:',
      '  <% for (const service of it.services) { %>',
      '  - <%= service.name %>',
      '    port: <%= service.port %>',
      '  <% } %>',
      'end',
      '',
    ];
    const expected = it('user', 8080) + it('spike', 8080) + it('access', 8081) + it('order', 8080) + it('admin', 8080);
    expect(await renderOne(text.join('\n'))).toBe(`services:\n${expected}end\n`);
    function it(name: string, port: number): string {
      return `  - ${name}\n    port: ${port}\n`;
    }
  });

  test('the braces of Helm, Prometheus and Grafana pass through', async () => {
    const text = 'a: {{ .Values.tag | quote }} {{- $labels.service -}} ${DS} %{x} \\n \'"`\n';
    expect(await renderOne(text)).toBe(text);
  });

  test('a piece is set in with what it is given, moved to the right', async () => {
    await template('piece.partial.eta', '<%= given.word %>: <%= quote(it.tag) %>\n\nend');
    expect(await renderOne("<%= indent(include('/compose/piece.partial.eta', { word: 'tag' }), 2) %>\n")).toBe(
      '  tag: "1.2.3"\n\n  end\n',
    );
  });

  test.each([
    ['a value that there is not', 'first\n<%= it.tga %>\n', 'compose/one.eta:2: there is no it.tga'],
    [
      'a field of one',
      '\n\n<% if (it.node.vresion) { %>\nx\n<% } %>\n',
      'compose/one.eta:3: there is no it.node.vresion',
    ],
    ['behind lines of code', '<% if (it.tag) { %>\nx\n<% } %>\n<%= it.x %>', 'compose/one.eta:4: there is no it.x'],
    ['an expression without a value', '<%= [1].find((n) => n > 1) %>', 'compose/one.eta:1: the value is undefined'],
    ['a value that is no text', '<%= it.services %>', 'compose/one.eta:1: the value is no text'],
    [
      'something a piece was not given',
      "<%= include('/compose/p.partial.eta') %>",
      'compose/p.partial.eta:1: there is no given.word',
    ],
    ['code that is none', '<% if ( %>', 'compose/one.eta: Bad template syntax'],
  ])('%s is an error with file and line, never "undefined" in the output', async (_what, text, message) => {
    await template('p.partial.eta', '<%= given.word %>');
    await expect(renderOne(text)).rejects.toThrow(message);
  });
});

describe.each(assetKinds)('%s', (kind) => {
  test('the same values make the same bytes, and every file says how it was made', async () => {
    const flags = { registry: 'registry.example/shop', tag: '1.2.3', set: ['logLevel=warn'] };
    const [first, second] = [await collectRenderValues(kind, flags, {}), await collectRenderValues(kind, flags, {})];
    const files = await renderAssets(kind, first);
    expect(await renderAssets(kind, second)).toEqual(files);
    expect(files.map(({ path: file }) => file)).toEqual(files.map(({ path: file }) => file).sort());
    for (const { path: file, content } of files) {
      expect({
        file,
        saysHow: content.includes(first.madeBy) || content.includes(JSON.stringify(first.madeBy).slice(1, -1)),
      }).toEqual({ file, saysHow: true });
      expect({ file, endsWithLine: content.endsWith('\n') }).toEqual({ file, endsWithLine: true });
    }
  });
});
