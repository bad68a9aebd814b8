import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { list } from 'tar';
import { checkChartVersion } from './chartVersion.js';
import { packageChart } from './packageChart.js';

const files = [
  { path: 'templates/service.yaml', content: 'kind: Service\n' },
  { path: 'Chart.yaml', content: '# Rendered by spikectl\napiVersion: v2\nname: spike\nversion: 0.0.0\n' },
  { path: 'values.yaml', content: 'tag: "1.4.0"\n' },
];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-chart-test-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('packaging a chart', () => {
  test('the same chart is the same bytes, whatever the order, the day and the umask', async () => {
    const first = await packageChart({ files, version: '1.4.0', folder });
    const before = sha256(await readFile(first));
    const umask = process.umask(0o077);
    try {
      const again = await packageChart({ files: files.toReversed(), version: '1.4.0', folder });
      expect(again).toBe(first);
      expect(sha256(await readFile(again))).toBe(before);
    } finally {
      process.umask(umask);
    }
  });

  test('lies below a folder named as the chart, sorted, owned by nobody, and bears the version', async () => {
    const file = await packageChart({ files, version: '1.4.0-rc.1', folder });
    expect(path.basename(file)).toBe('spike-chart-1.4.0-rc.1.tar.gz');
    const entries = await entriesOf(file);
    expect(entries.map((entry) => entry.path)).toEqual([
      'spike/Chart.yaml',
      'spike/templates/service.yaml',
      'spike/values.yaml',
    ]);
    for (const { mode, mtime, uid, uname } of entries) {
      expect({ mode, mtime: mtime?.toISOString(), uid, uname }).toEqual({
        mode: 0o644,
        mtime: '1980-01-01T00:00:00.000Z',
        uid: undefined,
        uname: '',
      });
    }
    expect(entries[0]?.text).toBe('# Rendered by spikectl\napiVersion: v2\nname: spike\nversion: 1.4.0-rc.1\n');
  });

  test('replaces what an earlier build left, and leaves nothing beside it', async () => {
    await writeFile(path.join(folder, 'spike-chart-1.4.0.tar.gz'), 'old');
    const file = await packageChart({ files, version: '1.4.0', folder });
    expect((await stat(file)).size).toBeGreaterThan(100);
    expect(await readdir(folder)).toEqual(['spike-chart-1.4.0.tar.gz']);
  });

  test('makes the folder that it goes to, and says when it cannot', async () => {
    expect(await packageChart({ files, version: '1.4.0', folder: path.join(folder, 'a', 'b') })).toBe(
      path.join(folder, 'a', 'b', 'spike-chart-1.4.0.tar.gz'),
    );
    await writeFile(path.join(folder, 'file'), '');
    await expect(packageChart({ files, version: '1.4.0', folder: path.join(folder, 'file') })).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
      exit: 1,
    });
  });

  test('of a chart that was rendered wrongly leaves no file', async () => {
    await expect(packageChart({ files: files.slice(0, 1), version: '1.4.0', folder })).rejects.toThrow('Chart.yaml');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a chart's version", () => {
  test.each(['1.4.0', '0.2.0-g7bcd52c86d20', '1.0.0-rc.1+build.5'])('%s is taken', (version) => {
    expect(checkChartVersion(version)).toBe(version);
  });

  test.each(['1.4', '01.4.0', '1.4.0-01', '', 'latest', '1.4.0 '])('%j is refused, since Helm would', (version) => {
    expect(() => checkChartVersion(version)).toThrow('is not a version as Helm wants it');
  });

  test('v1.4.0 is refused with what is meant', () => {
    expect(() => checkChartVersion('v1.4.0')).toThrow(
      expect.objectContaining({ exit: 2, suggestions: ['--chart-version 1.4.0'] }),
    );
  });
});

interface PackedEntry {
  path: string;
  mode: number | undefined;
  mtime: Date | undefined;
  uid: number | undefined;
  uname: string | undefined;
  text: string;
}

async function entriesOf(file: string): Promise<PackedEntry[]> {
  const entries: PackedEntry[] = [];
  await list({
    file,
    onReadEntry(entry) {
      const { path: name, mode, mtime, uid, uname } = entry;
      const known = { path: name, mode, mtime, uid, uname, text: '' };
      entries.push(known);
      entry.on('data', (chunk: Buffer) => (known.text += chunk.toString()));
    },
  });
  return entries;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
